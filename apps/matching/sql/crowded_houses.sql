-- Addresses of more families than live in one, or of several children born on a first of January: agreement there says little.
select postcode_key, address_key
from housemate
where stands and surname_key <> ''
group by postcode_key, address_key
having count(distinct surname_key) > %(surnames_at_address)s
    or count(distinct child_id) filter (where extract(doy from dob) = 1) > %(assumed_at_address)s
