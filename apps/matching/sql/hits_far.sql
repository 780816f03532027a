-- Whom a person would still want to be asked about. Who bears the forename at the house or postcode, whatever surname and birth dates say;
-- and, where no postcode says where somebody lives, who has an address in nearly the same words.
select w.local_id, n.record_id from open w
join housemate n on n.address_key = w.address_key and n.forename_key <> '' and left(n.forename_key, 1) = left(w.forename_key, 1)
union all
select w.local_id, n.record_id from open w
join housemate n on n.address_key = w.address_key and n.forename_key <> '' and n.forename_key = w.surname_key
union all
select w.local_id, n.record_id from open w
join neighbour n on n.postcode_key = w.postcode_key and w.postcode_key <> '' and n.forename_key <> '' and n.forename_key = w.forename_key
union all
select f.local_id, f.record_id from (
    select w.local_id, v.record_id from open w
    join children_recordversion v on v.dob = w.dob and v.extract_id <> all(%(unsaid)s)
    where w.postcode_key = '' and w.address_key like '%% %% %%'
    union all
    select w.local_id, v.record_id from open w
    join children_recordversion v on v.surname_key = w.surname_key and v.forename_key = w.forename_key and v.extract_id <> all(%(unsaid)s)
    where w.postcode_key = '' and w.address_key like '%% %% %%' and w.surname_key <> '' and w.forename_key <> ''
    union all
    select w.local_id, v.record_id from open w
    join children_recordversion v on v.surname_key = w.forename_key and v.forename_key = w.surname_key and v.extract_id <> all(%(unsaid)s)
    where w.postcode_key = '' and w.address_key like '%% %% %%' and w.surname_key <> '' and w.forename_key <> ''
) f
join open w on w.local_id = f.local_id
join children_recordaddress a on a.record_id = f.record_id and a.extract_id <> all(%(unsaid)s)
 -- the number or the first word of the street, or how the address ends; whether the rest is nearly the same is compared afterwards
 and (split_part(a.address_key, ' ', 1) in (split_part(w.address_key, ' ', 1), split_part(w.address_key, ' ', 2))
      or split_part(a.address_key, ' ', 2) in (split_part(w.address_key, ' ', 1), split_part(w.address_key, ' ', 2))
      or right(a.address_key, 8) = right(w.address_key, 8))
union all
-- neither has a postcode, two of those three say the same, and the names begin alike or crosswise; one look for each, in the index of
-- their parts
select w.local_id, v.record_id
from (
    select w.local_id, left(w.forename_key, 2) as forename, left(w.surname_key, 2) as surname, vcdb_address_ends(w.address_key) as ends
    from open w where w.postcode_key = '' and w.address_key like '%% %% %%'
    offset 0
) w
cross join lateral (
    select a.record_id from children_recordaddress a
    where vcdb_address_ends(a.address_key) && w.ends and a.postcode_key = '' and a.address_key like '%% %%' and a.address_key like '%% %% %%'
      and a.extract_id <> all(%(unsaid)s)
    offset 0
) a
cross join lateral (
    select v.record_id from children_recordversion v
    where v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s) and left(v.forename_key, 2) in (w.forename, w.surname)
    offset 0
) v
