-- Records by equal keys alone: identifiers, birth date and surname, postcode or address with part of the rest.
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
      or v.surname_key = w.surname_key and (vcdb_births_near(w.dob, v.dob)
          -- one of the two has no birth date
          or v.forename_key = w.forename_key and v.surname_key <> '' and (w.dob is null or v.dob is null)))
union all
select w.local_id, v.record_id from wanted w
join children_recordaddress a on a.address_key = w.address_key and a.address_key <> '' and a.extract_id <> all(%(unsaid)s)
join children_recordversion v on v.record_id = a.record_id and v.extract_id <> all(%(unsaid)s)
 and (v.dob = w.dob or v.surname_key = w.surname_key and v.forename_key = w.forename_key
      and (vcdb_births_near(w.dob, v.dob) or v.surname_key <> '' and (w.dob is null or v.dob is null)))
