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
-- two of those three say the same, and the names begin alike or crosswise
select k.local_id, v.record_id
from (
    select w.local_id, w.forename_key, w.surname_key, split_part(w.address_key, ' ', 1) as one, split_part(w.address_key, ' ', 2) as two,
           right(w.address_key, 8) as last
    from open w where w.postcode_key = '' and w.address_key like '%% %% %%'
) w
cross join lateral (
    values (w.local_id, w.one || '|' || w.two), (w.local_id, w.one || '|' || w.last), (w.local_id, w.two || '|' || w.last)
) k (local_id, key)
join (
    select a.record_id, b.key
    from children_recordaddress a
    cross join lateral (
        values (split_part(a.address_key, ' ', 1) || '|' || split_part(a.address_key, ' ', 2)),
               (split_part(a.address_key, ' ', 1) || '|' || right(a.address_key, 8)),
               (split_part(a.address_key, ' ', 2) || '|' || right(a.address_key, 8))
    ) b (key)
    where a.address_key like '%% %% %%' and a.extract_id <> all(%(unsaid)s)
) b on b.key = k.key
join children_recordversion v on v.record_id = b.record_id and v.extract_id <> all(%(unsaid)s)
 and (left(v.forename_key, 2) = left(w.forename_key, 2) or left(v.forename_key, 2) = left(w.surname_key, 2))
