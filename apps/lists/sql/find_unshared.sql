-- What a list would tell that no agreement lets its reader see any more, or no longer in such detail: drafted under one that ended since.
-- At existence a service is told with its agency's name; another name is its worker's, and content.
insert into lists_snag (list_id, kind, children, note)
with entries as materialized (
    select e.id, e.list_id, e.child_id, l.setting_id, e.band, e.services
    from lists_entry e
    join lists_weeklylist l on l.id = e.list_id
    where e.list_id = any(%(lists)s)
),
sees_rating as (
    select distinct r.setting_id
    from lists_reader r
    join agencies_sharingagreement s on s.recipient_id = r.reader_id or s.recipient_kind = r.kind
    where s.shows_rating and s.valid_from <= %(today)s and coalesce(s.valid_until, 'infinity') >= %(today)s
),
told as materialized (
    select distinct e.id, e.list_id, e.child_id, e.setting_id, t.service ->> 'service' as service, coalesce(t.service ->> 'who', '') as who
    from entries e
    cross join lateral jsonb_array_elements(e.services) t (service)
),
-- all at once: looked up for each service of each child this took minutes
shared as (
    select t.id, t.service, t.who
    from told t
    join children_sourcerecord k on k.child_id = t.child_id
    join involvements_involvement i on i.record_id = k.id and i.service = t.service
    join agencies_agency a on a.id = i.agency_id
    join lists_shared s on s.setting_id = t.setting_id and s.provider_id = i.agency_id and s.service = i.service
    where s.content or t.who = a.name
),
unshared as (
    select list_id, id from entries where band <> '' and setting_id not in (select setting_id from sees_rating)
    union
    select t.list_id, t.id from told t
    where not exists (select from shared s where s.id = t.id and s.service = t.service and s.who = t.who)
)
select list_id, 'unshared', count(*)::int, ''
from unshared
group by list_id
on conflict (list_id, kind) do nothing;
