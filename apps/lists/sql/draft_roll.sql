-- Who is on whose list: the roll, without the dead, those who left the area, those over age and children joined to another. The roll has
-- one main setting a child, the newest that any source tells of.
insert into lists_roll (setting_id, child_id, subsidiary, year_group)
select roll.setting_id, roll.child_id, roll.subsidiary, roll.year_group
from on_roll roll
join children_child c on c.id = roll.child_id
where c.merged_into_id is null and not c.withdrawn
  and (c.died_on is null or c.died_on > %(today)s)
  and (c.left_area_on is null or c.left_area_on > %(today)s)
  and (c.dob is null or c.dob + make_interval(years => %(over_age)s) > %(today)s);
