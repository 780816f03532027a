-- Every record that is linked, in its current words and at its current address: what a linkage model is trained on.
select distinct on (r.id) r.id as unique_id, v.surname_key, v.forename_key, v.dob, v.unborn, v.sex, v.nhs_number, v.upn, v.former_upn,
       v.mother, coalesce(a.address_key, '') as address_key, coalesce(a.postcode_key, '') as postcode_key
from children_sourcerecord r
join children_recordversion v on v.record_id = r.id and v.recorded_to is null
left join children_recordaddress a on a.record_id = r.id and a.recorded_to is null
where not r.loose
order by r.id, (v.surname_key <> '') desc, v.recorded_from desc, a.recorded_from desc
