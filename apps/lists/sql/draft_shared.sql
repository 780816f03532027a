-- What the agreements in force let each setting see: provider by service, existence or content.
insert into lists_shared (setting_id, provider_id, service, content)
select a.id, s.provider_id, v.service, bool_or(s.level = 'content')
from (select distinct setting_id from lists_roll) r
join agencies_agency a on a.id = r.setting_id
join agencies_sharingagreement s on s.recipient_id = a.id or s.recipient_kind = a.kind
cross join unnest(%(services)s::text[]) v (service)
where s.valid_from <= %(today)s and coalesce(s.valid_until, 'infinity') >= %(today)s
  and (s.services && array['*', v.service]::varchar[])
group by a.id, s.provider_id, v.service;
