-- Where the same records live, by this file and by what was said before.
with open as (
    {open}
)
select w.local_id, p.address_key, p.postcode_key
from open w
join extracts_stagedperson p on p.extract_id = %(extract)s and p.local_id = w.local_id
where (p.address_key <> '' or p.postcode_key <> '')
union
select w.local_id, a.address_key, a.postcode_key
from open w
join children_recordaddress a on a.record_id = w.record_id and a.extract_id <> all(%(unsaid)s)
