-- Addresses and postcodes of more families than live in one: agreement there says little.
select a.postcode_key, a.address_key
from (
{homes}
) h
join children_recordaddress a on (a.address_key = h.address_key and a.address_key <> '' or a.postcode_key = h.postcode_key and a.postcode_key <> '')
    and a.recorded_to is null and a.extract_id <> all(%(unsaid)s)
join children_sourcerecord r on r.id = a.record_id and not r.loose
join children_recordversion v on v.record_id = a.record_id and v.recorded_to is null and v.surname_key <> ''
group by grouping sets ((a.postcode_key, a.address_key), (a.postcode_key))
having count(distinct v.surname_key) > case when grouping(a.address_key) = 1 then %(surnames_at_postcode)s else %(surnames_at_address)s end
    -- several children born on a first of January: nobody knows their days
    or count(distinct r.child_id) filter (where extract(doy from v.dob) = 1) > %(assumed_at_address)s
