-- Whom each wanted record may be, by equal keys alone: identifiers, birth date and surname, postcode or address with part of the rest.
create temp table pair on commit drop as
with hit as (
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.nhs_number = w.nhs_number and v.nhs_number <> '' and v.extract_id <> all(%(unsaid)s)
    union all
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.upn = w.upn and v.upn <> '' and v.extract_id <> all(%(unsaid)s)
    union all
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.upn = w.former_upn and v.upn <> '' and v.extract_id <> all(%(unsaid)s)
    union all
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.former_upn = w.upn and v.former_upn <> '' and v.extract_id <> all(%(unsaid)s)
    union all
    select w.local_id, v.record_id from wanted w
    join children_recordversion v on v.dob = w.dob and v.surname_key = w.surname_key and v.surname_key <> ''
                                 and v.extract_id <> all(%(unsaid)s)
    union all
    select w.local_id, v.record_id from wanted w
    join children_recordaddress a on a.postcode_key = w.postcode_key and a.postcode_key <> '' and a.extract_id <> all(%(unsaid)s)
    join children_recordversion v on v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s)
     and (v.dob = w.dob or v.forename_key = w.forename_key and vcdb_births_near(w.dob, v.dob)
          or v.surname_key = w.surname_key and vcdb_births_near(w.dob, v.dob))
    union all
    select w.local_id, v.record_id from wanted w
    join children_recordaddress a on a.address_key = w.address_key and a.address_key <> '' and a.extract_id <> all(%(unsaid)s)
    join children_recordversion v on v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s)
     and (v.dob = w.dob or v.surname_key = w.surname_key and v.forename_key = w.forename_key and vcdb_births_near(w.dob, v.dob))
)
select distinct h.local_id, r.child_id
from hit h
join wanted w on w.local_id = h.local_id
-- a record that is put to the passes again is no evidence for itself; one whose link was undone is none for anybody
join children_sourcerecord r on r.id = h.record_id and r.id <> w.record_id and not r.loose;
analyze pair;
