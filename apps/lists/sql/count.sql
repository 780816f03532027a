-- The figures of each new list are kept with it: the page of all settings then reads no child's row.
update lists_weeklylist l
set known_count = e.known, joined_count = e.joined, changed_count = e.changed,
    left_count = (select count(*) from lists_departure d where d.list_id = l.id)
from lists_new n
cross join lateral (
    select count(*) filter (where band not in ('', 'none') or services <> '[]') as known,
           count(*) filter (where mark = 'joined') as joined,
           count(*) filter (where mark in ('up', 'down', 'changed')) as changed
    from lists_entry where list_id = n.list_id
) e
where l.id = n.list_id;
