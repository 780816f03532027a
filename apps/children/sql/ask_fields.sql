-- Open a question for each value that a feed which asks offers beside the one that won, and close those whose conflict has gone.
drop table if exists pg_temp.asking;
create temp table asking on commit drop as
select distinct on (o.child_id, o.field, o.value)
       o.child_id, o.field, w.version_id as kept_id, w.value as kept, o.version_id as offered_id, o.value as offered
from ranked w
join ranked o on o.child_id = w.child_id and o.field = w.field and o.value <> w.value
where w.place = 1 and o.policy = 'ask' and o.tier = 0 and w.tier = 0
  and not exists (
      select from answered a
      where a.child_id = o.child_id and a.field = o.field
        and (a.preferred, a.rejected) in ((w.value, o.value), (o.value, w.value))
  )
order by o.child_id, o.field, o.value, o.place;

create temp table if not exists still_open (id bigint) on commit drop;
truncate still_open;
insert into still_open
select q.id
from touched t
join children_fieldquestion q on q.child_id = t.child_id and q.closed_at is null
join children_recordversion kv on kv.id = q.kept_version_id
join children_recordversion ov on ov.id = q.offered_version_id
join asking a on a.child_id = q.child_id and a.field = q.field
where a.kept = case q.field when 'name' then kv.surname_key || ' ' || kv.forename_key else to_jsonb(kv) ->> q.field end
  and a.offered = case q.field when 'name' then ov.surname_key || ' ' || ov.forename_key else to_jsonb(ov) ->> q.field end;

update children_fieldquestion q set closed_at = %(at)s
from touched t
where q.child_id = t.child_id and q.closed_at is null and not exists (select from still_open s where s.id = q.id);

insert into children_fieldquestion (child_id, field, kept_version_id, offered_version_id, opened_at, answer)
select a.child_id, a.field, a.kept_id, a.offered_id, %(at)s, ''
from asking a
where not exists (
    select from still_open s
    join children_fieldquestion q on q.id = s.id
    join children_recordversion ov on ov.id = q.offered_version_id
    where q.child_id = a.child_id and q.field = a.field
      and a.offered = case q.field when 'name' then ov.surname_key || ' ' || ov.forename_key else to_jsonb(ov) ->> q.field end
);
