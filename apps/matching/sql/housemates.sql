-- All that is said of those who live, or once lived, at the addresses of ``place``; what stands now is marked.
select a.record_id, r.child_id, a.address_key, a.postcode_key, v.surname_key, v.forename_key, v.dob,
       (a.recorded_to is null) and (v.recorded_to is null) as stands
from (select distinct address_key from place where address_key <> all(%(nowhere)s)) p
join children_recordaddress a on a.address_key = p.address_key and a.address_key <> '' and a.extract_id <> all(%(unsaid)s)
join children_recordversion v on v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s)
join children_sourcerecord r on r.id = a.record_id and not r.loose
