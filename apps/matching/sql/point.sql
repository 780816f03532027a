-- A child whose only record found its place elsewhere is left behind as a pointer.
update children_child c set merged_into_id = l.child_id
from (
    select distinct on (old_child_id) old_child_id, child_id
    from children_plannedrecord
    where extract_id = %(extract)s and old_child_id is not null and old_child_id <> child_id
    order by old_child_id, id desc
) l
-- looked up for each of these few: joined, all children and records would be read for them
cross join lateral (
    select o.id from children_child o
    where o.id = l.old_child_id and not exists (select from children_sourcerecord r where r.child_id = o.id offset 0) offset 0
) w
where c.id = w.id;
