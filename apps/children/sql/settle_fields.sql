-- Which version wins a field of a touched child where priority alone does not say: where a feed has a policy of its own for the field, or
-- where a field that is asked about is said in two ways. Everything else is refresh.sql alone.
drop table if exists pg_temp.contested, pg_temp.said, pg_temp.answered, pg_temp.ranked, pg_temp.settled;
create temp table contested on commit drop as
select v.child_id, own.key as field
from extracts_feed f
cross join lateral jsonb_each_text(f.survivorship) own
join telling v on v.feed_id = f.id
where own.value <> case when own.key = any(%(asked)s::text[]) then 'ask' else 'always' end
union
select self.child_id, asked.field
from (
    select v.child_id, min(v.dob) <> max(v.dob) as dob, min(nullif(v.nhs_number, '')) <> max(v.nhs_number) as nhs_number
    from telling v
    group by v.child_id
    having min(v.dob) <> max(v.dob) or min(nullif(v.nhs_number, '')) <> max(v.nhs_number)
) self
cross join lateral (values ('dob', self.dob), ('nhs_number', self.nhs_number)) asked (field, differs)
where asked.differs;

-- what is said of them; a name is compared without accents, hyphens and capitals, and a whole one comes before a part of one
create temp table said on commit drop as
select k.child_id, k.field, v.id as version_id, x.value, p.policy, f.priority, v.extract_id, v.row_no,
       2 * (p.policy = 'empty')::int + (k.field = 'name' and (v.surname_key = '' or v.forename_key = ''))::int as tier,
       null::text as present
from contested k
join children_sourcerecord r on r.child_id = k.child_id
join children_recordversion v on v.record_id = r.id and v.recorded_to is null
join extracts_feed f on f.id = v.feed_id
cross join lateral (
    select coalesce(f.survivorship ->> k.field, case when k.field = any(%(asked)s::text[]) then 'ask' else 'always' end) as policy
) p
cross join lateral (
    select nullif(case k.field when 'name' then nullif(v.surname_key || ' ' || v.forename_key, ' ')
                  else to_jsonb(v) ->> k.field end, '') as value
) x
where x.value is not null and p.policy <> 'never';

-- What stands until a person answers: of what is still said, the value that was said first. Read from the files that count, not from
-- the child, whose own value may be the doing of a file that was undone.
update said s set present = first.value
from (
    select distinct on (s.child_id, s.field) s.child_id, s.field, s.value
    from said s
    join children_sourcerecord r on r.child_id = s.child_id
    join children_recordversion ever on ever.record_id = r.id
    join extracts_extract e on e.id = ever.extract_id and e.state <> 'undone'
    where s.value = case s.field when 'name' then ever.surname_key || ' ' || ever.forename_key else to_jsonb(ever) ->> s.field end
    group by s.child_id, s.field, s.value, s.tier, s.priority, s.row_no, s.version_id
    order by s.child_id, s.field, s.tier, min(ever.extract_id), s.priority, s.row_no desc, s.version_id desc
) first
where s.child_id = first.child_id and s.field = first.field;

-- what people have answered: of two values, the one they prefer
create temp table answered on commit drop as
select q.child_id, q.field, case q.answer when 'keep' then kept.value else offered.value end as preferred,
       case q.answer when 'keep' then offered.value else kept.value end as rejected
from (select distinct child_id, field from contested) k
join children_fieldquestion q on q.child_id = k.child_id and q.field = k.field and q.answer <> ''
join children_recordversion kv on kv.id = q.kept_version_id
join children_recordversion ov on ov.id = q.offered_version_id
cross join lateral (
    select case q.field when 'name' then kv.surname_key || ' ' || kv.forename_key else to_jsonb(kv) ->> q.field end as value
) kept
cross join lateral (
    select case q.field when 'name' then ov.surname_key || ' ' || ov.forename_key else to_jsonb(ov) ->> q.field end as value
) offered;

-- An answer holds while both values are said. What a feed that asks says stays behind a present value that another still says.
create temp table ranked on commit drop as
select s.*, row_number() over (
    partition by s.child_id, s.field
    order by s.tier,
        exists (
            select from answered a join said other on (other.child_id, other.field, other.value) = (a.child_id, a.field, a.preferred)
            where (a.child_id, a.field, a.rejected) = (s.child_id, s.field, s.value)
        ),
        coalesce(s.policy = 'ask' and s.value <> s.present, false)
            and exists (
                select from said other
                where (other.child_id, other.field, other.value) = (s.child_id, s.field, s.present) and other.tier = 0
            )
            and not exists (
                select from answered a
                where (a.child_id, a.field, a.preferred, a.rejected) = (s.child_id, s.field, s.value, s.present)
            ),
        s.priority, s.extract_id desc, s.row_no desc, s.version_id desc
) as place
from said s;

-- one row a child: the version that wins each field, 0 where nobody's word may be used, null where refresh.sql decides
create temp table settled on commit drop as
select k.child_id,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'name') as name_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'known_as') as known_as_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'dob') as dob_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'sex') as sex_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'ethnicity') as ethnicity_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'nhs_number') as nhs_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'upn') as upn_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'died_on') as died_v,
       max(coalesce(w.version_id, 0)) filter (where k.field = 'left_area_on') as left_v
from contested k
left join ranked w on w.child_id = k.child_id and w.field = k.field and w.place = 1
group by k.child_id;
analyze settled;
