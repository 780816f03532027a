-- Records by equal keys of their own: identifiers, birth date and surname.
select w.local_id, v.record_id from wanted w
join children_recordversion v on v.nhs_number = w.nhs_number and w.nhs_number <> '' and v.nhs_number <> '' and v.extract_id <> all(%(unsaid)s)
union all
select w.local_id, v.record_id from wanted w
join children_recordversion v on v.upn = w.upn and w.upn <> '' and v.upn <> '' and v.extract_id <> all(%(unsaid)s)
union all
select w.local_id, v.record_id from wanted w
join children_recordversion v on v.upn = w.former_upn and w.former_upn <> '' and v.upn <> '' and v.extract_id <> all(%(unsaid)s)
union all
select w.local_id, v.record_id from wanted w
join children_recordversion v on v.former_upn = w.upn and w.upn <> '' and v.former_upn <> '' and v.extract_id <> all(%(unsaid)s)
union all
select w.local_id, v.record_id from wanted w
join children_recordversion v on v.dob = w.dob and v.surname_key = w.surname_key and w.surname_key <> '' and v.surname_key <> ''
                             and v.extract_id <> all(%(unsaid)s)
