-- A list for each setting with somebody on its roll or on its last list, unless it is closed all week. This week's, where there is one:
-- a draft whose content is another now is replaced; what is out gets a new version where its content is another; a recalled one always.
insert into lists_new (list_id, setting_id, version, before_id, corrects_id, replaces_id)
with drafted as (
    select setting_id, md5(string_agg(md5(concat_ws('|', child_id, surname, forename, known_as, dob, year_group, upn, subsidiary,
        band, services, why, last_seen_on, last_seen_by, lead, lead_phone)), '' order by child_id)) as print
    from lists_draft group by setting_id
),
standing as (
    select distinct on (setting_id) id, setting_id, version, state, compared_id from lists_weeklylist where week = %(week)s
    order by setting_id, version desc
),
printed as (
    select l.setting_id, md5(string_agg(md5(concat_ws('|', e.child_id, surname, forename, known_as, dob, year_group, upn, subsidiary,
        band, services, why, last_seen_on, last_seen_by, lead, lead_phone)), '' order by e.child_id)) as print
    from standing l join lists_entry e on e.list_id = l.id group by l.setting_id
),
before as ( -- the last one that went out and was not taken back: a draft that nobody saw is no measure of what changed
    select distinct on (setting_id) id, setting_id, entry_count from lists_weeklylist
    where week < %(week)s and state = 'released'
    order by setting_id, week desc, version desc
),
out as (
    select distinct on (setting_id) id, setting_id from lists_weeklylist
    where week = %(week)s and state in ('released', 'recalled')
    order by setting_id, version desc
),
wanted as (
    select setting_id from drafted
    union select setting_id from before where entry_count > 0
    union select setting_id from standing
),
closed as ( -- a setting's own terms count, else for a school those of all schools; without any it is open
    select a.id
    from wanted w join agencies_agency a on a.id = w.setting_id
    join lists_term t on t.setting_id = a.id or t.setting_id is null and a.kind = 'school'
        and not exists (select from lists_term own where own.setting_id = a.id)
    group by a.id
    having not bool_or(t.first_day <= %(week)s + 4 and t.last_day >= %(week)s)
)
select nextval('lists_weeklylist_id_seq'), w.setting_id,
       case when s.state in ('drafted', 'checked') then s.version else coalesce(s.version, 0) + 1 end,
       b.id, o.id, case when s.state in ('drafted', 'checked') then s.id end
from wanted w
left join drafted d on d.setting_id = w.setting_id
left join standing s on s.setting_id = w.setting_id
left join printed p on p.setting_id = w.setting_id
left join before b on b.setting_id = w.setting_id
left join out o on o.setting_id = w.setting_id
where w.setting_id not in (select id from closed)
  and (s.id is null or d.print is distinct from p.print or s.state = 'recalled'
       or s.state in ('drafted', 'checked') and s.compared_id is distinct from b.id);
