-- Children of whom no agency's record holds an NHS number, a date of birth, or, on a school roll, a UPN; and records that wait for somebody
-- to say whose they are.
with told as (
    select l.child_id, bool_or(v.nhs_number <> '') as nhs, bool_or(v.dob is not null) as dob, bool_or(v.upn <> '') as upn
    from children_recordversion v
    join vcdb_report_links(%(known)s) l on l.record_id = v.record_id
    where v.recorded_from <= %(known)s and (v.recorded_to is null or v.recorded_to > %(known)s)
    group by l.child_id
),
pupils as (
    select distinct o.child_id from vcdb_report_open(%(known)s, %(day)s) o where o.service = 'school_roll'
)
select k.key, c.child_id as id, c.child_id
from vcdb_report_children(%(known)s, %(day)s) c
left join told t on t.child_id = c.child_id
left join pupils p on p.child_id = c.child_id
cross join lateral (
    select 'no_nhs' as key where t.nhs is not true
    union all select 'no_dob' where t.dob is not true
    union all select 'no_upn' where p.child_id is not null and t.upn is not true
) k
union all
select 'question', q.id, q.child_id
from matching_question q
where q.opened_at <= %(known)s and (q.closed_at is null or q.closed_at > %(known)s)
