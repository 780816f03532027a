-- A full extract lists everyone: a record it no longer holds has gone. Records whose rows were all rejected are still held.
insert into children_plannedrecord
    (extract_id, local_id, action, record_id, child_id, match, rule, candidates)
select %(extract)s, r.local_id, 'gone', r.id, r.child_id, 'kept', '', '{}'
from children_recordversion v
join children_sourcerecord r on r.id = v.record_id
where v.feed_id = %(feed)s
  and v.recorded_to is null
  and not exists (
      select from extracts_bundle b where b.extract_id = %(extract)s and b.local_id = r.local_id
  );
