-- A list for each setting with somebody on its roll or on its last list; a version only where this week's has other content.
insert into lists_new (list_id, setting_id, version, before_id)
with drafted as (
    select setting_id, md5(string_agg(md5(concat_ws('|', child_id, surname, forename, known_as, dob, year_group, upn, subsidiary,
        band, services, why, last_seen_on, last_seen_by, lead, lead_phone)), '' order by child_id)) as print
    from lists_draft group by setting_id
),
standing as (
    select distinct on (setting_id) id, setting_id, version from lists_weeklylist where week = %(week)s
    order by setting_id, version desc
),
printed as (
    select l.setting_id, md5(string_agg(md5(concat_ws('|', e.child_id, surname, forename, known_as, dob, year_group, upn, subsidiary,
        band, services, why, last_seen_on, last_seen_by, lead, lead_phone)), '' order by e.child_id)) as print
    from standing l join lists_entry e on e.list_id = l.id group by l.setting_id
),
before as (
    select distinct on (setting_id) id, setting_id, entry_count from lists_weeklylist where week < %(week)s
    order by setting_id, week desc, version desc
),
wanted as (
    select setting_id from drafted
    union select setting_id from before where entry_count > 0
    union select setting_id from standing
)
select nextval('lists_weeklylist_id_seq'), w.setting_id, coalesce(s.version, 0) + 1, b.id
from wanted w
left join drafted d on d.setting_id = w.setting_id
left join standing s on s.setting_id = w.setting_id
left join printed p on p.setting_id = w.setting_id
left join before b on b.setting_id = w.setting_id
where s.id is null or d.print is distinct from p.print;
