-- The setting behind each code the extract uses: an answered alias first, then URN, LAEstab, or the URN of a predecessor.
drop table if exists pg_temp.setting_of;
create temp table setting_of on commit drop as
select ref.code,
       coalesce(
           (select a.setting_id from agencies_settingalias a where a.scheme = %(feed_code)s and a.code = ref.code),
           (select s.id from agencies_agency s where s.urn = ref.code),
           (select min(s.id) from agencies_agency s where s.laestab <> '' and s.laestab = ref.code),
           (select min(l.setting_id) from agencies_settinglink l where l.linked_urn = ref.code)
       ) as setting_id
from (
    select distinct setting_ref as code from extracts_stagedfact where extract_id = %(extract)s and setting_ref <> ''
) ref;
