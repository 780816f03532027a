-- Where those records live or lived.
select r.id, a.address_key, a.postcode_key
from (select child_id from ({children}) c order by child_id offset 0) c
cross join lateral (select r.id from children_sourcerecord r where r.child_id = c.child_id and not r.loose offset 0) r
cross join lateral (
    select a.address_key, a.postcode_key from children_recordaddress a
    where a.record_id = r.id and a.extract_id <> all(%(unsaid)s) offset 0
) a
