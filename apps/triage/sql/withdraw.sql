-- The dead, those who left the area, those over age and those joined to another child leave the queue the same day.
update triage_item t
set state = 'withdrawn'
from children_child c
where t.state = 'open' and c.id = t.child_id
  and (c.merged_into_id is not null or c.withdrawn or c.died_on <= %(today)s or c.left_area_on <= %(today)s
       or c.dob + make_interval(years => %(over_age)s) <= %(today)s);
