-- All that is said of those who live, or once lived, at the addresses of ``place``; what stands now is marked.
select a.record_id, a.address_key, a.postcode_key, v.surname_key, v.forename_key, v.dob, a.stands and v.stands as stands
from (
    select a.record_id, a.address_key, a.postcode_key, (a.recorded_to is null) as stands
    from (select distinct address_key from place where address_key <> all(%(nowhere)s)) p
    join children_recordaddress a on a.address_key = p.address_key and a.address_key <> '' and a.extract_id <> all(%(unsaid)s)
    order by a.record_id offset 0
) a
cross join lateral (
    select v.surname_key, v.forename_key, v.dob, (v.recorded_to is null) as stands
    from children_recordversion v
    where v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s)
    offset 0
) v
where a.record_id not in (select id from children_sourcerecord where loose)
