-- A correction begins with what was answered about the lines that it leaves as they were; one that follows a list whose agreement has ended,
-- with all that was answered: what the setting says of a child is its own, whatever others may still tell it. Which list comes before which is found first, so
-- that a first version costs nothing, whatever the planner thinks of tables that have just been filled.
with pairs as materialized (
    select l.id, before.id as before
    from lists_weeklylist l
    cross join lateral (
        select o.id from lists_weeklylist o
        where o.setting_id = l.setting_id and o.week = l.week and o.version < l.version and o.state in ('released', 'recalled')
        order by o.version desc limit 1
    ) before
    where l.id = any(%(lists)s) and l.version > 1
),
ended as materialized (
    select list_id from vcdb_lists_unshared(array(select before from pairs))
)
insert into lists_answer (entry_id, attended, seen_on, seen_by, concern, words, roll, left_on, contact, saved_by, saved_at)
select line.id, a.attended, a.seen_on, a.seen_by, a.concern, a.words, a.roll, a.left_on, a.contact, a.saved_by, a.saved_at
from pairs p
cross join lateral (
    select e.id, was.id as was_id
    from lists_entry e
    join lists_entry was on was.list_id = p.before and was.child_id = e.child_id
    where e.list_id = p.id and (not e.corrected or p.before in (select list_id from ended))
    offset 0
) line
join lists_answer a on a.entry_id = line.was_id
on conflict (entry_id) do nothing;
