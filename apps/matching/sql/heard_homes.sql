-- Where those records live or lived.
select r.id, a.address_key, a.postcode_key
from ({children}) c
join children_sourcerecord r on r.child_id = c.child_id and not r.loose
join children_recordaddress a on a.record_id = r.id and a.extract_id <> all(%(unsaid)s)
