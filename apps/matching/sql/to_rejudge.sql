-- Extracts of other feeds at or after a place in the order of files, as they follow each other: what they linked and asked is worked out
-- again. With the moment from which on their present links and questions were made: those of a replay are as old as the replay.
select e.id, greatest(e.committed_at, e.applied_at, e.judged_at) as made
from extracts_extract e
where e.state = 'committed' and e.committed_at >= %(place)s and e.feed_id is distinct from %(feed)s
  and exists (select from children_recordversion v where v.extract_id = e.id)
order by e.committed_at
