-- Whose users may reach the touched children: agencies that hold a current record, and the settings they are on the roll of.
create temp table reached on commit drop as
with holders as (
    select r.child_id, r.agency_id
    from (select child_id from touched order by child_id offset 0) t
    cross join lateral (select r.* from children_sourcerecord r where r.child_id = t.child_id offset 0) r
    where exists (select from children_recordversion v where v.record_id = r.id and v.recorded_to is null)
    union all
    select child_id, setting_id from on_roll
)
select h.child_id, h.reach, main.setting_id, coalesce(main.year_group, '') as year_group
from (select child_id, array_agg(distinct agency_id::int) as reach from holders group by child_id) h
left join on_roll main on main.child_id = h.child_id and not main.subsidiary;
