-- Links of settings that are not known here say nothing; old URNs need not be settings themselves.
insert into agencies_settinglink (setting_id, linked_urn, link_type, established_on)
select distinct on (a.id, l.linked_urn, l.link_type) a.id, left(l.linked_urn, 10), left(l.link_type, 60), l.established_on
from incoming_link l join agencies_agency a on a.urn = l.urn
order by a.id, l.linked_urn, l.link_type, l.established_on desc nulls last
on conflict (setting_id, linked_urn, link_type) do update set established_on = excluded.established_on
where agencies_settinglink.established_on is distinct from excluded.established_on
