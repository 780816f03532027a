-- What is said of the touched children now, read once for all that is worked out of it: one look for each child and record, in their order.
drop table if exists pg_temp.telling;
create temp table telling on commit drop as
select r.child_id, v.*
from (select child_id from touched order by child_id offset 0) t
cross join lateral (select r.id, r.child_id from children_sourcerecord r where r.child_id = t.child_id offset 0) r
cross join lateral (select v.* from children_recordversion v where v.record_id = r.id and v.recorded_to is null offset 0) v;
analyze telling (child_id, feed_id, surname_key);
