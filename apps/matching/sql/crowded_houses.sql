-- Addresses of more families than live in one, or of several children born on a first of January: agreement there says little.
select postcode_key, address_key
from (select distinct postcode_key, address_key, surname_key from housemate where stands and surname_key <> '') family
group by postcode_key, address_key
having count(*) > %(surnames_at_address)s
union
select n.postcode_key, n.address_key
from housemate n
join children_sourcerecord r on r.id = n.record_id
where n.stands and n.surname_key <> '' and extract(doy from n.dob) = 1
group by n.postcode_key, n.address_key
having count(distinct r.child_id) > %(assumed_at_address)s
