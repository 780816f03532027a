-- Postcodes likewise.
select postcode_key, null as address_key
from (select distinct postcode_key, surname_key from neighbour where stands and surname_key <> '') family
group by postcode_key
having count(*) > %(surnames_at_postcode)s
union
select n.postcode_key, null
from neighbour n
join children_sourcerecord r on r.id = n.record_id
where n.stands and n.surname_key <> '' and extract(doy from n.dob) = 1
group by n.postcode_key
having count(distinct r.child_id) > %(assumed_at_address)s
