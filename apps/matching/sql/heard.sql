-- All that is said of the children that unsettled records may be, record by record, earlier words marked.
select r.child_id, r.id, r.id_scheme, (v.recorded_to is null) as current, v.surname_key, v.forename_key, v.known_as, v.middle_names,
       v.former_surname, v.dob, v.unborn, v.sex, v.nhs_number, v.upn, v.former_upn, v.mother
from (select child_id from ({children}) c order by child_id offset 0) c
cross join lateral (
    select r.child_id, r.id, r.id_scheme from children_sourcerecord r where r.child_id = c.child_id and not r.loose offset 0
) r
cross join lateral (
    select v.* from children_recordversion v where v.record_id = r.id and v.extract_id <> all(%(unsaid)s) offset 0
) v
