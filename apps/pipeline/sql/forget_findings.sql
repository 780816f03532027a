-- Whose row a finding was about goes with the rows. The newest commit of a feed keeps it: findings of rows that do not change
-- are carried forward from there.
update extracts_finding f set local_id = '', row_hash = null
from extracts_extract e
where f.extract_id = e.id and (f.local_id <> '' or f.row_hash is not null)
  and to_regclass('extracts_row_' || e.id) is null
  and e.state not in ('received', 'staged')
  and e.id <> coalesce((
    select n.id from extracts_extract n
    where n.feed_id = e.feed_id and n.state = 'committed'
    order by n.committed_at desc limit 1
  ), 0)
