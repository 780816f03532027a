-- Settings that arrived after their pupils: enrolments waiting for them are pointed at them.
with found as (
    select i.id, i.record_id,
           coalesce(
               (select s.id from agencies_agency s where s.urn = i.setting_ref),
               (select min(s.id) from agencies_agency s where s.laestab <> '' and s.laestab = i.setting_ref),
               (select min(l.setting_id) from agencies_settinglink l where l.linked_urn = i.setting_ref)
           ) as setting_id
    from involvements_involvement i
    where i.recorded_to is null and i.setting_id is null and i.setting_ref <> ''
), settled as (
    update involvements_involvement i set setting_id = found.setting_id
    from found
    where found.id = i.id and found.setting_id is not null
    returning i.record_id
)
select distinct r.child_id from settled join children_sourcerecord r on r.id = settled.record_id;
