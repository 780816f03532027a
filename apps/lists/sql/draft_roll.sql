-- Who is on whose roll today: one main setting a child (after a move only the newest enrolment counts), and beside it each
-- subsidiary registration. The dead, those who left the area, those over age and children joined to another are on none.
insert into lists_roll (setting_id, child_id, subsidiary, year_group)
with enrolled as (
    select r.child_id, i.setting_id, coalesce(d.category, '') = 'S' as subsidiary,
           coalesce(d.detail ->> 'year_group', '') as year_group,
           row_number() over (
               partition by r.child_id, coalesce(d.category, '') = 'S'
               order by i.start_on desc nulls last, i.recorded_from desc, i.id desc
           ) as place
    from involvements_involvement i
    join children_sourcerecord r on r.id = i.record_id
    join children_child c on c.id = r.child_id
    left join involvements_involvementdetail d on d.involvement_id = i.id
    where i.service = any(%(enrolments)s) and i.setting_id is not null and i.recorded_to is null
      and (i.start_on is null or i.start_on <= %(today)s)
      and (i.end_on is null or i.end_on > %(today)s)
      and c.merged_into_id is null
      and (c.died_on is null or c.died_on > %(today)s)
      and (c.left_area_on is null or c.left_area_on > %(today)s)
      and (c.dob is null or c.dob + make_interval(years => %(over_age)s) > %(today)s)
)
select distinct on (setting_id, child_id) setting_id, child_id, subsidiary, left(year_group, 4)
from enrolled
where subsidiary or place = 1
order by setting_id, child_id, subsidiary;
