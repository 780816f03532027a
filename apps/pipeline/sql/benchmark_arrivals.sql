-- An eighth agency's extract: most of its rows are known children, a seventh is new to all; with the errors agencies make.
insert into extracts_stagedperson
    (extract_id, local_id, bundle_hash, module, row_no, kept, restricted, surname, forename, middle_names, known_as, former_surname, dob, sex,
     ethnicity, nhs_number, upn, former_upn, uln, mother, unborn, surname_key, forename_key, address, postcode, address_key, postcode_key)
select %(extract)s, p.i::text, gen_random_uuid(), 'm', n, false, false, said.surname, said.forename, '', '', '', said.dob, p.sex, '',
       case when e & 1023 < 360 then '' else p.nhs_number end, case when e >> 10 & 1023 < 410 then '' else p.upn end, '', '', '', false,
       lower(said.surname), lower(said.forename), home.address, home.postcode, lower(replace(home.address, ',', '')),
       replace(home.postcode, ' ', '')
from (
    select n, case when n %% 7 = 0 then %(children)s + n else 1 + n::bigint * 7919 %% %(children)s end as i
    from generate_series(1, %(rows)s) n
) chosen
join benchmark_person p on p.i = chosen.i
cross join lateral (select hashint8extended(p.i, 99) as e, (hashint8extended(p.i, 98) & 1023) as d) error
-- one in a dozen has moved
join benchmark_person home on home.i = case when d > 940 then 1 + (p.i * 31 + 17) %% %(children)s else p.i end
cross join lateral (
    select case when d < 10 then left(p.surname, 1) || substr(p.surname, 3, 1) || substr(p.surname, 2, 1) || substr(p.surname, 4)
                else p.surname end as surname,
           case when d between 10 and 16 then left(p.forename, 2) || substr(p.forename, 4) else p.forename end as forename,
           case when d between 17 and 20 and extract(day from p.dob) <= 12
                then make_date(extract(year from p.dob)::int, extract(day from p.dob)::int, extract(month from p.dob)::int)
                when d between 21 and 24 then p.dob + 1 else p.dob end as dob
) said
on conflict do nothing;

insert into extracts_bundle (extract_id, local_id, bundle_hash)
select extract_id, local_id, bundle_hash from extracts_stagedperson where extract_id = %(extract)s
