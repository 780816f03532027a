-- The dead, those who left the area, those over age and those joined to another child leave the queue the same day; and what waits for
-- nothing but a band set by hand on a record that belongs to another child by now, who is asked about in its place.
update triage_item t
set state = 'withdrawn'
from children_child c
where t.state = 'open' and c.id = t.child_id
  and (c.merged_into_id is not null or c.withdrawn or c.died_on <= %(today)s or c.left_area_on <= %(today)s
       or c.dob + make_interval(years => %(over_age)s) <= %(today)s
       or t.override_id is not null and t.change_id is null and t.stay_id is null
          and exists (select from ragp_override o where o.id = t.override_id and vcdb_standing(o.child_id) <> t.child_id));
