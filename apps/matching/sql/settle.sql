-- The bulk, settled here: one child fits, name and birth date are the same to the letter, and an identifier or the address says so too.
-- Each condition is one of the policy's (judging.py) drawn tighter: what is settled here, the policy would settle so.
create temp table settled on commit drop as
with told as (
    select w.local_id, min(p.child_id) as child_id,
           bool_or(v.nhs_number = w.nhs_number and w.nhs_number <> '') as nhs,
           bool_or(v.upn = w.upn and w.upn <> '') as upn,
           bool_or(v.surname_key = w.surname_key and v.forename_key = w.forename_key and v.dob = w.dob) as named,
           bool_or(w.nhs_number <> '' and v.nhs_number <> '' and v.nhs_number <> w.nhs_number
                   or w.upn <> '' and v.upn <> '' and v.upn <> w.upn
                   or w.middle <> '' and v.middle_names <> '' and lower(v.middle_names) <> w.middle
                   or w.sex <> '' and v.sex <> '' and v.sex <> w.sex
                   or v.forename_key <> '' and v.forename_key <> w.forename_key
                   or v.dob <> w.dob or v.unborn or r.id_scheme = %(scheme)s) as doubtful,
           bool_or(w.middle <> '' and lower(v.middle_names) = w.middle) as middle,
           bool_or(w.sex <> '' and v.sex = w.sex) as sex,
           coalesce(bool_or(a.postcode_key = w.postcode_key and w.postcode_key <> ''), false) as postcode,
           coalesce(bool_or(a.address_key = w.address_key and w.address_key <> '' and a.postcode_key = w.postcode_key
                            and w.postcode_key <> ''), false) as address,
           coalesce(bool_or(a.postcode_key <> '' and a.postcode_key <> w.postcode_key and w.postcode_key <> ''), false) as moved
    from (select local_id, min(child_id) as child_id from pair group by local_id having count(*) = 1) p
    join wanted w on w.local_id = p.local_id and w.whole and w.forename_key not like '%% %%'
     and not (extract(month from w.dob) = 1 and extract(day from w.dob) = 1)
    join children_sourcerecord r on r.child_id = p.child_id and r.id <> w.record_id and not r.loose
    join children_recordversion v on v.record_id = r.id and v.recorded_to is null and v.extract_id <> all(%(unsaid)s)
    left join children_recordaddress a on a.record_id = r.id and a.recorded_to is null and a.extract_id <> all(%(unsaid)s)
    where not exists (select from reopened o where o.local_id = w.local_id)
      and not exists (select from within n where n.local_id = w.local_id or n.other = w.local_id)
    group by w.local_id
),
sure as (
    select t.*, w.surname_key, w.forename_key, w.postcode_key from told t join wanted w on w.local_id = t.local_id
    where t.named and not t.doubtful and (t.nhs or t.upn or t.postcode)
      and not exists (
          select from matching_apart x join children_sourcerecord r on r.id in (x.record_id, x.other_id)
          where x.lifted_at is null and (x.record_id = w.record_id or x.other_id = w.record_id) and r.child_id = t.child_id
      )
),
-- an address of many families says little: more surnames at the postcode than one address may have, and the policy looks closer
crowd as (
    select a.postcode_key
    from (select distinct postcode_key from sure where not nhs and not upn) s
    join children_recordaddress a on a.postcode_key = s.postcode_key and a.recorded_to is null
    join children_recordversion v on v.record_id = a.record_id and v.recorded_to is null and v.surname_key <> ''
    group by a.postcode_key
    having count(distinct v.surname_key) > %(crowd)s
)
select s.local_id, s.child_id,
       case when nhs then 'nhs_number' when upn then 'upn' else 'name_birth_address' end as rule,
       f.weights, f.total
from sure s
cross join lateral (
    select jsonb_object_agg(field, jsonb_build_array(level, bits)) as weights, round(sum(bits), 1) as total
    from (
        select field, level, least((%(weights)s::jsonb #>> array[field, level])::numeric,
                                   (%(rarity)s::jsonb #>> array[field, case field when 'surname' then s.surname_key else s.forename_key end])::numeric) as bits
        from (values ('surname', 'exact'), ('forename', 'exact'), ('dob', 'exact'), ('nhs', case when nhs then 'exact' end),
                     ('upn', case when upn then 'exact' end), ('middle', case when middle then 'agree' end),
                     ('sex', case when sex then 'agree' end),
                     ('address', case when address then 'exact' when postcode then 'postcode' when moved then 'differs' end)) as l (field, level)
        where level is not null
    ) each
) f
where (nhs or upn or not exists (select from crowd c where c.postcode_key = s.postcode_key))
  and f.total >= %(link)s;
