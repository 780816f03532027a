-- Family links of the touched children and of whoever lives, or just lived, where they do: worked out from current addresses and from
-- what people say, and recorded where they differ from what stands. A hidden address gives no link, nor does a home of many names.
drop table if exists pg_temp.concerned, pg_temp.resident, pg_temp.dweller, pg_temp.kin;

-- who is said to live in the homes of the touched; one look for each record and home, in their order: a join over all that is said of
-- anybody costs several times as much
create temp table resident on commit drop as
with home as (
    select distinct a.address_key
    from (select child_id from touched order by child_id offset 0) t
    cross join lateral (select r.id from children_sourcerecord r where r.child_id = t.child_id offset 0) r
    cross join lateral (
        select a.address_key from children_recordaddress a
        where a.record_id = r.id and a.address_key <> ''
          and (a.recorded_to is null or a.recorded_to > %(at)s::timestamptz - interval '10 minutes')
        offset 0
    ) a
)
select r.child_id, a.record_id, a.feed_id, a.id as address_id, a.address_key, a.postcode_key, a.recorded_from
from home h
cross join lateral (
    select a.* from children_recordaddress a
    where a.address_key = h.address_key and a.address_key <> '' and a.recorded_to is null offset 0
) a
cross join lateral (select r.child_id from children_sourcerecord r where r.id = a.record_id and not r.loose offset 0) r;
analyze resident;

create temp table concerned on commit drop as
select child_id from touched union select child_id from resident;
analyze concerned;

-- and in the other homes of those concerned
insert into resident
with home as (
    select distinct a.address_key
    from (
        select child_id from (select child_id from concerned except select child_id from touched) beside order by child_id offset 0
    ) k
    cross join lateral (select r.id from children_sourcerecord r where r.child_id = k.child_id and not r.loose offset 0) r
    cross join lateral (
        select a.address_key from children_recordaddress a
        where a.record_id = r.id and a.address_key <> '' and a.recorded_to is null offset 0
    ) a
)
select r.child_id, a.record_id, a.feed_id, a.id, a.address_key, a.postcode_key, a.recorded_from
from (select address_key from home except select address_key from resident) h
cross join lateral (
    select a.* from children_recordaddress a
    where a.address_key = h.address_key and a.address_key <> '' and a.recorded_to is null offset 0
) a
cross join lateral (select r.child_id from children_sourcerecord r where r.id = a.record_id and not r.loose offset 0) r;

-- everybody who lives in a home of those concerned, by what their agencies say now
create temp table dweller on commit drop as
with living as (
    select distinct on (a.child_id, a.address_key, a.postcode_key)
           a.child_id, a.address_id, a.address_key, a.postcode_key, f.priority
    from (select * from resident order by record_id offset 0) a
    join extracts_feed f on f.id = a.feed_id
    where exists (
        select from children_recordversion v where v.record_id = a.record_id and v.feed_id = a.feed_id and v.recorded_to is null
    )
    order by a.child_id, a.address_key, a.postcode_key, f.priority, a.recorded_from desc, a.address_id desc
)
select l.*, c.surname_key, c.forename_key, c.dob, c.open
from (select * from living order by child_id offset 0) l
cross join lateral (
    select c.surname_key, c.forename_key, c.dob, not c.address_hidden and not c.restricted and not c.withdrawn as open
    from children_child c
    where c.id = l.child_id and c.merged_into_id is null
    offset 0
) c;
analyze dweller;

create temp table kin on commit drop as
with crowd as (
    select address_key
    from dweller
    group by address_key
    having count(distinct surname_key) > %(surnames)s or count(distinct child_id) > %(children)s
),
open_home as (
    select d.* from dweller d
    where d.open and d.surname_key <> ''
      and not exists (select from crowd w where w.address_key = d.address_key)
),
lived as (
    select distinct on (a.child_id, b.child_id)
           a.child_id, b.child_id as other_id, a.address_id, b.address_id as other_address_id,
           case when a.dob is null or b.dob is null then 'address'
                when a.surname_key <> b.surname_key and not exists (
                    -- another surname, but one mother as their agencies name her
                    select from children_sourcerecord ra
                    join children_recordversion va on va.record_id = ra.id and va.recorded_to is null and va.mother <> ''
                    join children_sourcerecord rb on rb.child_id = b.child_id
                    join children_recordversion vb on vb.record_id = rb.id and vb.recorded_to is null
                        and lower(vb.mother) = lower(va.mother)
                    where ra.child_id = a.child_id
                ) then 'address'
                when a.dob = b.dob then 'twin'
                when abs(a.dob - b.dob) < %(generation)s then 'sibling'
                else 'address' end as kind
    from open_home a
    join open_home b on b.address_key = a.address_key and b.child_id > a.child_id
        and (b.postcode_key = a.postcode_key or b.postcode_key = '' or a.postcode_key = '')
        -- of one birth date and one forename, or its beginning: rather the same child twice, or one who has another name now
        and not (a.dob is not distinct from b.dob
                 and (starts_with(a.forename_key, b.forename_key) or starts_with(b.forename_key, a.forename_key)))
    order by a.child_id, b.child_id, a.priority + b.priority, a.address_id, b.address_id
),
said as (
    -- what was said of a child that has been merged since is said of the child it is now
    select coalesce(c.merged_into_id, c.id) as child_id, coalesce(o.merged_into_id, o.id) as other_id, s.id, s.kind, s.at
    from children_familystatement s
    join children_child c on c.id = s.child_id
    join children_child o on o.id = s.other_id
    where s.withdrawn_at is null
      and (coalesce(c.merged_into_id, c.id) in (select child_id from concerned)
           or coalesce(o.merged_into_id, o.id) in (select child_id from concerned))
),
last_said as (
    select distinct on (least(child_id, other_id), greatest(child_id, other_id)) *
    from said
    where child_id <> other_id
    order by least(child_id, other_id), greatest(child_id, other_id), at desc, id desc
),
sealed as materialized (
    -- an old identity and a new one, as they stand now, and whoever holds records of either: a link of any kind would tell
    select least(pair.one, pair.other) as child_id, greatest(pair.one, pair.other) as other_id
    from (
        select vcdb_standing(s.former_id) as one, vcdb_standing(s.present_id) as other from matching_sealedlink s
        union
        select r.child_id, o.child_id
        from matching_apart x
        join children_sourcerecord r on r.id = x.record_id
        join children_sourcerecord o on o.id = x.other_id
        where x.sealed and x.lifted_at is null
    ) pair
)
select child_id, other_id, kind, 'stated' as confidence, id as statement_id, null::bigint as address_id, null::bigint as other_address_id
from last_said
where kind <> '' and (least(child_id, other_id), greatest(child_id, other_id)) not in (select child_id, other_id from sealed)
union all
select l.child_id, l.other_id, l.kind, case when l.kind = 'address' then 'possible' else 'likely' end, null,
       l.address_id, l.other_address_id
from lived l
where (l.child_id in (select child_id from concerned) or l.other_id in (select child_id from concerned))
  and not exists (
      select from last_said s
      where least(s.child_id, s.other_id) = l.child_id and greatest(s.child_id, s.other_id) = l.other_id
  )
  and (l.child_id, l.other_id) not in (select child_id, other_id from sealed)
  -- one may be the other: a question of who they are, not of whose brother
  and (l.child_id, l.other_id) not in (
      select least(q.child_id, k.child_id), greatest(q.child_id, k.child_id)
      from matching_question q join matching_candidate k on k.question_id = q.id
      where q.closed_at is null
  );
analyze kin;

update children_relationship r set recorded_to = %(at)s
where r.recorded_to is null
  and r.id in (
      select id from children_relationship where recorded_to is null and child_id in (select child_id from concerned)
      union
      select id from children_relationship where recorded_to is null and other_id in (select child_id from concerned)
  )
  and not exists (
      select from kin k
      where k.child_id = r.child_id and k.other_id = r.other_id and k.kind = r.kind and k.confidence = r.confidence
        and k.statement_id is not distinct from r.statement_id
  );

insert into children_relationship
    (child_id, other_id, kind, confidence, statement_id, address_id, other_address_id, recorded_from)
select k.child_id, k.other_id, k.kind, k.confidence, k.statement_id, k.address_id, k.other_address_id, %(at)s
from kin k
-- looked at once: a join that takes the table for an empty one, as it is at first, would read each row it has just written for every other
where (k.child_id, k.other_id) not in (
    select r.child_id, r.other_id from children_relationship r
    where r.recorded_to is null and r.child_id in (select child_id from kin)
);
