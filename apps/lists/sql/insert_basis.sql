-- What each new list tells of whose: it can be opened as long as agreements share as much with its reader.
insert into lists_basis (list_id, provider_id, service, level)
select n.list_id, v.provider_id, v.service, case when bool_or(v.named) then 'content' else 'existence' end
from lists_new n
join lists_involved v on v.setting_id = n.setting_id
group by n.list_id, v.provider_id, v.service
union all
select n.list_id, null, '', 'rating'
from lists_new n
where exists (select from lists_draft d where d.setting_id = n.setting_id and d.band <> '');
