-- Records for which one child was found, and what that child says in words that are current: agreement to the letter, and any doubt.
drop table if exists pg_temp.single, pg_temp.told;

create temp table single on commit drop as
select local_id, min(child_id) as child_id
from pair
where local_id not in (
    select local_id from within union select other from within union select local_id from reopened union select local_id from settled
)
group by local_id
having count(*) = 1;
analyze single;

create temp table told on commit drop as
select w.local_id, min(p.child_id) as child_id,
       bool_or(v.nhs_number = w.nhs_number and w.nhs_number <> '') as nhs,
       bool_or(v.upn = w.upn and w.upn <> '') as upn,
       bool_or(v.surname_key = w.surname_key and v.forename_key = w.forename_key and v.dob = w.dob) as named,
       bool_or(w.nhs_number <> '' and v.nhs_number <> '' and v.nhs_number <> w.nhs_number
               or w.upn <> '' and v.upn <> '' and v.upn <> w.upn
               or w.middle <> '' and v.middle_names <> '' and lower(v.middle_names) <> w.middle
               or w.sex <> '' and v.sex <> '' and v.sex <> w.sex
               or w.former_key <> '' or v.former_surname <> ''
               or v.forename_key <> '' and v.forename_key <> w.forename_key
               or v.dob <> w.dob or v.unborn or r.id_scheme = %(scheme)s) as doubtful,
       bool_or(w.middle <> '' and lower(v.middle_names) = w.middle) as middle,
       bool_or(w.sex <> '' and v.sex = w.sex) as sex,
       coalesce(bool_or(a.postcode_key = w.postcode_key and w.postcode_key <> ''), false) as postcode,
       coalesce(bool_or(a.address_key = w.address_key and w.address_key <> '' and a.postcode_key = w.postcode_key
                        and w.postcode_key <> ''), false) as address,
       coalesce(bool_or(a.postcode_key <> '' and a.postcode_key <> w.postcode_key and w.postcode_key <> ''), false) as moved
from single p
join wanted w on w.local_id = p.local_id and w.whole and w.forename_key not like '%% %%'
 and not (extract(month from w.dob) = 1 and extract(day from w.dob) = 1)
join children_sourcerecord r on r.child_id = p.child_id and r.id <> w.record_id and not r.loose
join children_recordversion v on v.record_id = r.id and v.recorded_to is null and v.extract_id <> all(%(unsaid)s)
left join children_recordaddress a on a.record_id = r.id and a.recorded_to is null and a.extract_id <> all(%(unsaid)s)
group by w.local_id;
analyze told;
