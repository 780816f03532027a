-- Where the unsettled records live, by this file and by what was said before.
select w.local_id, p.address_key, p.postcode_key
from wanted w
join extracts_stagedperson p on p.extract_id = %(extract)s and p.local_id = w.local_id
where not exists (select from settled s where s.local_id = w.local_id) and (p.address_key <> '' or p.postcode_key <> '')
union
select w.local_id, a.address_key, a.postcode_key
from wanted w
join children_recordaddress a on a.record_id = w.record_id and a.extract_id <> all(%(unsaid)s)
where not exists (select from settled s where s.local_id = w.local_id)
