-- A correction begins with what was answered about the lines that it leaves as they were.
insert into lists_answer (entry_id, attended, seen_on, seen_by, concern, words, roll, left_on, contact, saved_by, saved_at)
select e.id, a.attended, a.seen_on, a.seen_by, a.concern, a.words, a.roll, a.left_on, a.contact, a.saved_by, a.saved_at
from lists_weeklylist l
cross join lateral (
    select o.id from lists_weeklylist o
    where o.setting_id = l.setting_id and o.week = l.week and o.version < l.version and o.state in ('released', 'recalled')
    order by o.version desc limit 1
) before
join lists_entry e on e.list_id = l.id and not e.corrected
join lists_entry was on was.list_id = before.id and was.child_id = e.child_id
join lists_answer a on a.entry_id = was.id
where l.id = any(%(lists)s)
on conflict (entry_id) do nothing;
