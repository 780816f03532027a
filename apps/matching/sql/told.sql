-- Records for which one child was found, and what that child says in words that are current: agreement to the letter, and any doubt.
-- What was told of the same child a stage before is not asked again.
drop table if exists pg_temp.single;

create temp table single on commit drop as
select local_id, min(child_id) as child_id
from pair
where local_id not in (
    select local_id from within union select other from within union select local_id from reopened union select local_id from settled
)
group by local_id
having count(*) = 1;
analyze single;

delete from told t where not exists (select from single s where s.local_id = t.local_id and s.child_id = t.child_id);

insert into told
select w.local_id, min(w.child_id) as child_id,
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
from (
    select w.*, p.child_id
    from single p
    join wanted w on w.local_id = p.local_id and w.whole and w.forename_key not like '%% %%'
     and not (extract(month from w.dob) = 1 and extract(day from w.dob) = 1)
    where p.local_id not in (select local_id from told)
    order by p.child_id offset 0
) w
cross join lateral (
    select r.id, r.id_scheme from children_sourcerecord r where r.child_id = w.child_id and r.id <> w.record_id and not r.loose offset 0
) r
cross join lateral (
    select v.* from children_recordversion v where v.record_id = r.id and v.recorded_to is null and v.extract_id <> all(%(unsaid)s) offset 0
) v
left join lateral (
    select a.* from children_recordaddress a where a.record_id = r.id and a.recorded_to is null and a.extract_id <> all(%(unsaid)s) offset 0
) a on true
group by w.local_id;
analyze told;
