-- Whom else those that are not settled may be.
drop table if exists pg_temp.open;
create temp table open on commit drop as
select *, left(forename_key, 1) as initial from wanted w where not exists (select from settled s where s.local_id = w.local_id);
analyze open;

-- little room: it is the few that are open that are to be hashed, not all that is said of anybody
set local work_mem = '16MB';

insert into pair
with hit as (
{hits_wide}
union all
{hits_far}
)
select distinct h.local_id, r.child_id
from (select distinct local_id, record_id from hit order by record_id offset 0) h
join open w on w.local_id = h.local_id
cross join lateral (
    select r.child_id from children_sourcerecord r where r.id = h.record_id and r.id <> w.record_id and not r.loose offset 0
) r
where not exists (select from pair p where p.local_id = h.local_id and p.child_id = r.child_id);

set local work_mem = '128MB';
