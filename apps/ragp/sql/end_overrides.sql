-- Bands set by hand whose last day is over, or whose record was joined to another child's: they end by themselves.
update ragp_override o
set ended_at = %(at)s,
    ended_why = case when c.merged_into_id is not null then 'merged' else 'expired' end
from children_child c
where c.id = o.child_id and o.ended_at is null and (o.expires_on < %(today)s or c.merged_into_id is not null)
returning o.child_id
