-- All that is said of those who live, or once lived, at the postcodes of ``place``; what stands now is marked. In the order of the
-- records, one look each: a join over all that is said of anybody costs twice as much.
select a.record_id, a.postcode_key, v.surname_key, v.forename_key, v.dob, v.unborn, a.stands and v.stands as stands
from (
    select a.record_id, a.postcode_key, (a.recorded_to is null) as stands
    from (select distinct postcode_key from place where postcode_key <> '') p
    join children_recordaddress a on a.postcode_key = p.postcode_key and a.postcode_key <> '' and a.extract_id <> all(%(unsaid)s)
    order by a.record_id offset 0
) a
cross join lateral (
    select v.surname_key, v.forename_key, v.dob, v.unborn, (v.recorded_to is null) as stands
    from children_recordversion v
    where v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s)
    offset 0
) v
where a.record_id not in (select id from children_sourcerecord where loose)
