-- What some lists tell that no agreement in force shares with their setting, with its agency's name.
select u.list_id, coalesce(a.name, ''), u.service, u.level
from vcdb_lists_unshared(%(lists)s) u
left join agencies_agency a on a.id = u.provider_id
order by a.name nulls last, u.service;
