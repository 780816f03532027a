-- Where those records live or lived.
select r.id, a.address_key, a.postcode_key
from (select distinct child_id from pair p where not exists (select from settled s where s.local_id = p.local_id)) c
join children_sourcerecord r on r.child_id = c.child_id and not r.loose
join children_recordaddress a on a.record_id = r.id and a.extract_id <> all(%(unsaid)s)
