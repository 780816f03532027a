-- Children by the school whose roll they joined last: all of them, and those of the two highest bands. Hidden children are left out.
with pupils as (
    select distinct on (o.child_id) o.child_id, g.code as school
    from vcdb_report_open(%(known)s, %(day)s) o
    join agencies_agency g on g.id = o.setting_id
    where o.service = 'school_roll'
    order by o.child_id, o.start_on desc nulls last, g.code
)
select p.school || '/' || k.key as key, c.child_id as id, c.child_id
from vcdb_report_children(%(known)s, %(day)s) c
join pupils p on p.child_id = c.child_id
cross join lateral (select 'all' as key union all select 'high' where c.high) k
where not exists (
    select from children_restriction r
    where r.child_id = c.child_id and r.placed_at <= %(known)s and (r.lifted_at is null or r.lifted_at > %(known)s))
