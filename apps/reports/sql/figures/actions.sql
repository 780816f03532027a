-- What was written down and what came of it in the week, and what was open at its end. The day that counts is the one that held then: one
-- that was handed on later bears another now.
with acts as (
    select a.id, a.child_id, a.at, case when a.ended_at <= %(known)s then a.ended_at end as ended_at, a.state,
           coalesce(h.due_on, a.due_on) as due_on
    from reviews_action a
    left join lateral (
        select h.due_on from reviews_handing h where h.action_id = a.id and h.at > %(known)s order by h.at, h.id limit 1
    ) h on true
    where a.at <= %(known)s
)
select 'written' as key, a.id, a.child_id from acts a where a.at > %(begin)s
union all
select case when a.state = 'dropped' then 'dropped'
            when (a.ended_at at time zone 'Europe/London')::date <= a.due_on then 'done_in_time' else 'done_late' end, a.id, a.child_id
from acts a where a.ended_at > %(begin)s
union all
select case when a.due_on < %(day)s then 'overdue' else 'open' end, a.id, a.child_id
from acts a
join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = a.child_id
where a.ended_at is null
