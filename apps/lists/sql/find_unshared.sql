-- What a list would tell that no agreement lets its reader see any more, or no longer in such detail: drafted under one that ended since.
-- At existence a service is told with its agency's name; another name is its worker's, and content.
insert into lists_snag (list_id, kind, children, note)
with sees_rating as (
    select distinct r.setting_id
    from lists_reader r
    join agencies_sharingagreement s on s.recipient_id = r.reader_id or s.recipient_kind = r.kind
    where s.shows_rating and s.valid_from <= %(today)s and coalesce(s.valid_until, 'infinity') >= %(today)s
)
select e.list_id, 'unshared', count(*)::int, ''
from lists_entry e
join lists_weeklylist l on l.id = e.list_id
where e.list_id = any(%(lists)s)
  and (e.band <> '' and l.setting_id not in (select setting_id from sees_rating)
       or exists (
           select from jsonb_array_elements(e.services) told
           where not exists (
               select from children_sourcerecord k
               join involvements_involvement i on i.record_id = k.id and i.service = told ->> 'service'
               join agencies_agency a on a.id = i.agency_id
               join lists_shared s on s.setting_id = l.setting_id and s.provider_id = i.agency_id and s.service = i.service
               where k.child_id = e.child_id and (s.content or told ->> 'who' = a.name))))
group by e.list_id
on conflict (list_id, kind) do nothing;
