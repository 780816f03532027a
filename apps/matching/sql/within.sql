-- Records of one file that may be one child twice; twins whose forenames plainly differ are not among them.
create temp table within on commit drop as
select distinct greatest(a, b) as local_id, least(a, b) as other
from (
    select w.local_id as a, o.local_id as b from wanted w
    join wanted o on o.nhs_number = w.nhs_number and w.nhs_number <> '' and o.local_id > w.local_id
    union all
    select w.local_id, o.local_id from wanted w
    join wanted o on o.upn = w.upn and w.upn <> '' and o.local_id > w.local_id
    union all
    select w.local_id, o.local_id from wanted w
    join wanted o on o.upn = w.former_upn and w.former_upn <> '' and o.local_id <> w.local_id
    union all
    select w.local_id, o.local_id from wanted w
    join wanted o on o.dob = w.dob and o.surname_key = w.surname_key and w.surname_key <> '' and o.local_id > w.local_id
     and (left(o.forename_key, 1) = left(w.forename_key, 1) or o.forename_key = '' or w.forename_key = '')
    union all
    select w.local_id, o.local_id from wanted w
    join wanted o on o.dob = w.dob and o.surname_key = w.forename_key and o.forename_key = w.surname_key and o.local_id > w.local_id
     and w.surname_key <> '' and w.forename_key <> ''
    union all
    select w.local_id, o.local_id from wanted w
    join wanted o on o.dob = w.swapped and o.surname_key = w.surname_key and o.forename_key = w.forename_key and o.local_id <> w.local_id
    union all
    select w.local_id, o.local_id from wanted w
    join wanted o on o.postcode_key = w.postcode_key and w.postcode_key <> '' and o.forename_key = w.forename_key
     and w.forename_key <> '' and o.local_id > w.local_id
     and (o.dob = w.dob or o.surname_key = w.surname_key and (vcdb_births_near(w.dob, o.dob) or w.dob is null or o.dob is null))
) found;
analyze within;
