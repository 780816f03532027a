-- The figures of each new list are kept with it: the page of all settings then reads no child's row.
update lists_weeklylist l
set known_count = e.known, joined_count = e.joined, changed_count = e.changed,
    left_count = (select count(*) from lists_departure d where d.list_id = l.id),
    correction = case when n.corrects_id is null then '{}' else jsonb_build_object(
        'added', e.added, 'altered', e.corrected - e.added,
        'removed', (select count(*) from lists_entry v where v.list_id = n.corrects_id) - (e.number - e.added)) end
from lists_new n
cross join lateral (
    select count(*) filter (where band not in ('', 'none') or services <> '[]') as known,
           count(*) filter (where mark = 'joined') as joined,
           count(*) filter (where mark in ('up', 'down', 'changed')) as changed,
           count(*) filter (where corrected) as corrected,
           count(*) filter (where n.corrects_id is not null and not exists (
               select from lists_entry v where v.list_id = n.corrects_id and v.child_id = x.child_id)) as added,
           count(*) as number
    from lists_entry x where list_id = n.list_id
) e
where l.id = n.list_id;
