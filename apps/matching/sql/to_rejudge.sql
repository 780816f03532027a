-- Extracts of other feeds that came since, in the order they were committed: what they linked and asked is worked out again.
select e.id
from extracts_extract e
where e.state = 'committed' and e.committed_at >= %(before)s and e.feed_id is distinct from %(feed)s
  and exists (select from children_recordversion v where v.extract_id = e.id)
order by e.committed_at
