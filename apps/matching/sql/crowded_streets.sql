-- Postcodes likewise.
select postcode_key, null as address_key
from neighbour
where stands and surname_key <> ''
group by postcode_key
having count(distinct surname_key) > %(surnames_at_postcode)s
    or count(distinct child_id) filter (where extract(doy from dob) = 1) > %(assumed_at_address)s
