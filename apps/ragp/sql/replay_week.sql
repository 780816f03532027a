-- Keeps a week's bands, and answers how many moved up and down since the week before, and how many were rated then.
with now as (
    insert into ragp_replay (week, child_id, rank)
    select %(week)s, r.child_id, b.rank
    from ragp_result r join ragp_band b on b.scheme_id = %(scheme)s and b.code = r.band
    where b.rank > 0
    returning child_id, rank
),
before as (
    select child_id, rank from ragp_replay where week = %(week)s - 1
)
select count(*) filter (where coalesce(n.rank, 0) > coalesce(b.rank, 0)),
       count(*) filter (where coalesce(n.rank, 0) < coalesce(b.rank, 0)),
       count(b.child_id)
from now n full join before b on b.child_id = n.child_id
