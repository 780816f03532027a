-- Every record as this feed last committed it, by the hash of its rows.
select r.local_id, v.bundle_hash
from children_recordversion v
join children_sourcerecord r on r.id = v.record_id
where v.feed_id = {feed} and v.recorded_to is null
