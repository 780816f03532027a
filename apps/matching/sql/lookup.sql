-- Children with a current record of this number, or of this name and birth date; and what of them agrees.
with found as (
    select record_id from children_recordversion where nhs_number = %(nhs)s and nhs_number <> '' and recorded_to is null
    union
    select record_id from children_recordversion where upn = %(upn)s and upn <> '' and recorded_to is null
    union
    select record_id from children_recordversion
    where dob = %(dob)s and surname_key = %(surname)s and forename_key = %(forename)s and surname_key <> '' and recorded_to is null
)
select r.child_id, bool_or(v.nhs_number <> '' and v.nhs_number = %(nhs)s), bool_or(v.upn <> '' and v.upn = %(upn)s),
       bool_or(v.surname_key = %(surname)s and v.forename_key = %(forename)s), coalesce(bool_or(v.dob = %(dob)s), false),
       coalesce(bool_or(a.address_key <> '' and a.address_key = %(address)s
                        or a.postcode_key <> '' and lower(a.postcode_key) = %(postcode)s), false)
from (select distinct s.child_id from found f join children_sourcerecord s on s.id = f.record_id) c
join children_sourcerecord r on r.child_id = c.child_id
join children_recordversion v on v.record_id = r.id and v.recorded_to is null
left join children_recordaddress a on a.record_id = r.id and a.recorded_to is null
group by r.child_id;
