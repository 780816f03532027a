-- The first so many invented people as children known to seven agencies: one of health and schools, and sometimes others.
insert into children_child
    (id, public_id, surname, forename, middle_names, known_as, dob, sex, ethnicity, nhs_number, upn, surname_key, forename_key, sources,
     provisional, provisional_because, restricted, address_hidden, reach, year_group)
select i, gen_random_uuid(), surname, forename, '', '', dob, sex, '', nhs_number, upn, lower(surname), lower(forename), '{}', false, '',
       false, false, '{}', ''
from benchmark_person where i <= %(children)s;

create temp table benchmark_record on commit drop as
select row_number() over () as id, p.i, k
from benchmark_person p
cross join generate_series(0, 6) k
where p.i <= %(children)s
  and case when k < 2 then (p.i %% 10 < 6) = (k = 0) or p.i %% 5 = 0 else hashint8extended(p.i, 10 + k) & 15 = 0 end;

insert into children_sourcerecord (id, id_scheme, local_id, agency_id, child_id)
select r.id, 'bench-' || k, i, f.agency_id, i
from benchmark_record r join extracts_feed f on f.code = 'bench-' || k;

insert into children_recordversion
    (record_id, feed_id, bundle_hash, surname, forename, middle_names, known_as, former_surname, dob, sex, ethnicity, nhs_number, upn,
     former_upn, uln, surname_key, forename_key, mother, unborn, extract_id, row_no, recorded_from)
select r.id, f.id, gen_random_uuid(), surname, forename, '', '', '', dob, sex, '',
       case when k = 1 or k > 1 and r.id %% 3 = 0 then '' else nhs_number end, case when k = 0 or k > 1 and r.id %% 2 = 0 then '' else upn end,
       '', '', lower(surname), lower(forename), '', false, e.id, 1, now()
from benchmark_record r
join benchmark_person p on p.i = r.i
join extracts_feed f on f.code = 'bench-' || k
join extracts_extract e on e.feed_id = f.id;

insert into children_recordaddress
    (record_id, feed_id, address, postcode, address_key, postcode_key, extract_id, row_no, recorded_from)
select r.id, f.id, address, postcode, lower(replace(address, ',', '')), replace(postcode, ' ', ''), e.id, 1, now()
from benchmark_record r
join benchmark_person p on p.i = r.i
join extracts_feed f on f.code = 'bench-' || k
join extracts_extract e on e.feed_id = f.id;

select setval(pg_get_serial_sequence('children_child', 'id'), max(id)) from children_child;
select setval(pg_get_serial_sequence('children_sourcerecord', 'id'), max(id)) from children_sourcerecord;
