-- What came into triage and was decided in the week, in time or late, and what waited at its end, within its time or beyond it.
with items as (
    select t.id, t.child_id, t.opened_at, t.due_at, d.at as decided_at
    from triage_item t
    left join lateral (
        select d.at from triage_decision d
        where d.item_id = t.id and d.at <= %(known)s and (d.undone_at is null or d.undone_at > %(known)s)
        order by d.at desc limit 1
    ) d on true
    where t.opened_at <= %(known)s
)
select 'opened' as key, i.id, i.child_id from items i where i.opened_at > %(begin)s
union all
select case when i.decided_at <= i.due_at then 'decided_in_time' else 'decided_late' end, i.id, i.child_id
from items i where i.decided_at > %(begin)s
union all
-- a later item of the same child has taken its place; a child that stands no more waits for nothing
select case when i.due_at >= %(known)s then 'waiting' else 'overdue' end, i.id, i.child_id
from items i
join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = i.child_id
where i.decided_at is null
  and not exists (select from triage_item later where later.child_id = i.child_id and later.opened_at <= %(known)s and later.id > i.id)
