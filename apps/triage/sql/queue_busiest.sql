-- The figures of the whole queue in every row, and beside them the settings where most waits; a hidden child's school is not among them.
with queue as materialized (
    select setting_id, setting, hidden, waiting, over, due_today, artefacts, oldest from vcdb_queue(%(now)s, %(day_ends)s)
),
busiest as (
    select setting_id, setting, waiting from queue where setting_id is not null and not hidden
    order by waiting desc, setting collate "C" limit %(most)s
)
select s.waiting, s.over, s.due_today, s.artefacts, s.oldest, b.setting_id, b.setting, b.waiting
from (
    select coalesce(sum(waiting), 0)::bigint as waiting, coalesce(sum(over), 0)::bigint as over,
           coalesce(sum(due_today), 0)::bigint as due_today, coalesce(sum(artefacts), 0)::bigint as artefacts, min(oldest) as oldest
    from queue
) s
left join busiest b on true
order by b.waiting desc, b.setting collate "C"
