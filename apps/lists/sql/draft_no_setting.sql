-- Living children of school age on no roll of ours: home educated where a source says so; at a setting whose code nobody knows, mostly one
-- of another area; else with no setting known, who may be missing education.
insert into lists_roll (setting_id, child_id, subsidiary, year_group)
with adrift as (
    select c.id from children_child c
    where c.merged_into_id is null and not c.withdrawn and not c.provisional
      and (c.died_on is null or c.died_on > %(today)s)
      and (c.left_area_on is null or c.left_area_on > %(today)s)
      and c.dob between %(born_from)s and %(born_until)s
      and not exists (select from on_roll r where r.child_id = c.id and not r.subsidiary)
),
home as (
    select distinct a.id
    from adrift a
    join children_sourcerecord k on k.child_id = a.id
    join involvements_observation o on o.record_id = k.id and o.recorded_to is null and o.measure = 'education_status'
    where o.text = 'Home educated' and (o.until is null or o.until > %(today)s)
),
elsewhere as (
    select distinct a.id
    from adrift a
    join children_sourcerecord k on k.child_id = a.id
    join involvements_involvement i on i.record_id = k.id and i.recorded_to is null and i.service = any(%(enrolments)s)
    where i.setting_id is null and i.setting_ref <> '' and (i.end_on is null or i.end_on > %(today)s)
)
select t.id, a.id, false, ''
from adrift a
left join home h on h.id = a.id
left join elsewhere e on e.id = a.id
join agencies_agency t on t.code = case when h.id is not null then 'of-no-setting-home' when e.id is not null then 'of-no-setting-elsewhere'
                                        else 'of-no-setting-unknown' end;
