-- All that is said of those who live, or once lived, at the postcodes of ``place``; what stands now is marked.
select a.record_id, r.child_id, a.postcode_key, v.surname_key, v.forename_key, v.dob, v.unborn,
       (a.recorded_to is null) and (v.recorded_to is null) as stands
from (select distinct postcode_key from place where postcode_key <> '') p
join children_recordaddress a on a.postcode_key = p.postcode_key and a.postcode_key <> '' and a.extract_id <> all(%(unsaid)s)
join children_recordversion v on v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s)
join children_sourcerecord r on r.id = a.record_id and not r.loose
