-- Whose users may reach the touched children: agencies that hold a current record, and the settings of current enrolments. After a
-- move only the newest main enrolment counts; a subsidiary registration (dual registration, alternative provision) stays beside it.
create temp table reached on commit drop as
with enrolled as (
    select r.child_id, i.setting_id, d.category = 'S' as subsidiary, d.detail ->> 'year_group' as year_group,
           row_number() over (
               partition by r.child_id, d.category = 'S' order by i.start_on desc nulls last, i.recorded_from desc, i.id desc
           ) as place
    from touched t
    join children_sourcerecord r on r.child_id = t.child_id
    join involvements_involvement i on i.record_id = r.id and i.recorded_to is null
    join involvements_involvementdetail d on d.involvement_id = i.id
    where i.service in ('school_roll', 'early_years_roll')
      and (i.end_on is null or i.end_on > current_date)
      and i.setting_id is not null
),
holders as (
    select r.child_id, r.agency_id
    from touched t
    join children_sourcerecord r on r.child_id = t.child_id
    where exists (select from children_recordversion v where v.record_id = r.id and v.recorded_to is null)
    union all
    select child_id, setting_id from enrolled where subsidiary or place = 1
)
select h.child_id, h.reach, main.setting_id, coalesce(main.year_group, '') as year_group
from (select child_id, array_agg(distinct agency_id::int) as reach from holders group by child_id) h
left join enrolled main on main.child_id = h.child_id and main.place = 1 and not main.subsidiary;
