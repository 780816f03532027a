-- The week's lists that were out at its end: all of them, opened, acknowledged and returned by then. The rows are lists.
with newest as (
    select distinct on (w.setting_id) w.id, w.recalled_at
    from lists_weeklylist w
    where w.week = %(week)s and w.released_at <= %(known)s
    order by w.setting_id, w.version desc
)
select k.key, n.id, null::bigint as child_id
from newest n
cross join lateral (
    select 'released' as key
    union all select 'opened' where exists (select from lists_receipt r where r.list_id = n.id and r.opened_at <= %(known)s)
    union all select 'acknowledged' where exists (select from lists_receipt r where r.list_id = n.id and r.acknowledged_at <= %(known)s)
    union all select 'returned' where exists (select from lists_return r where r.list_id = n.id and r.sent_at <= %(known)s)
) k
where n.recalled_at is null or n.recalled_at > %(known)s
