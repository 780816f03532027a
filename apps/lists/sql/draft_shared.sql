-- Who reads each list: the setting itself, or for children of no setting the education service.
insert into lists_reader (setting_id, reader_id, kind)
select a.id, coalesce(team.id, a.id), coalesce(team.kind, a.kind)
from (select distinct setting_id from lists_roll) r
join agencies_agency a on a.id = r.setting_id
left join agencies_agency team on team.code = 'education' and a.code like 'of-no-setting-%%';
-- What the agreements in force let each reader see: provider by service, existence or content.
insert into lists_shared (setting_id, provider_id, service, content)
select r.setting_id, s.provider_id, v.service, bool_or(s.level = 'content')
from lists_reader r
join agencies_sharingagreement s on s.recipient_id = r.reader_id or s.recipient_kind = r.kind
cross join unnest(%(services)s::text[]) v (service)
where s.valid_from <= %(today)s and coalesce(s.valid_until, 'infinity') >= %(today)s
  and (s.services && array['*', v.service]::varchar[])
group by r.setting_id, s.provider_id, v.service;
