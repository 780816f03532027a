-- Who of the touched children is on whose roll on a day: the one answer that reach and weekly lists both stand on. One main setting a
-- child: after a move only the newest enrolment counts. Beside it each subsidiary registration (dual registration, alternative
-- provision), and, for a child whose main setting is an early years one, the other early years settings it attends.
drop table if exists pg_temp.on_roll;
create temp table on_roll on commit drop as
with enrolled as (
    select r.child_id, i.setting_id, i.service, coalesce(d.category, '') = 'S' as subsidiary,
           left(coalesce(d.detail ->> 'year_group', ''), 4) as year_group,
           row_number() over (
               partition by r.child_id, coalesce(d.category, '') = 'S'
               order by i.start_on desc nulls last, i.recorded_from desc, i.id desc
           ) as place
    from touched t
    join children_sourcerecord r on r.child_id = t.child_id
    join involvements_involvement i on i.record_id = r.id and i.recorded_to is null
    left join involvements_involvementdetail d on d.involvement_id = i.id
    where i.service = any(%(enrolments)s) and i.setting_id is not null
      and (i.start_on is null or i.start_on <= %(today)s)
      and (i.end_on is null or i.end_on > %(today)s)
),
placed as (
    select e.*, not subsidiary and place = 1 as main,
           service = 'early_years_roll' and bool_or(not subsidiary and place = 1 and service = 'early_years_roll') over (partition by child_id)
               as beside
    from enrolled e
)
select distinct on (setting_id, child_id) child_id, setting_id, not main as subsidiary, year_group
from placed
where main or subsidiary or beside
order by setting_id, child_id, not main;
analyze on_roll;
