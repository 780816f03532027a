-- The planned records that look for their child: those with a name or part of one, and a birth date or an expected one. Where there is no
-- date, a number, or the whole name and an address, is enough to ask by.
-- room to sort and hash in, and counts from a small sample: they need only tell thousands from none
set local work_mem = '128MB';
set local default_statistics_target = 10;
-- hardly a key is looked up twice
set local enable_memoize = off;
drop table if exists pg_temp.wanted, pg_temp.pair, pg_temp.within, pg_temp.told, pg_temp.settled, pg_temp.housemate, pg_temp.neighbour, pg_temp.crowd, pg_temp.verdict;

create temp table wanted on commit drop as
select pr.local_id, pr.record_id, p.surname_key, p.forename_key, lower(p.middle_names) as middle,
       lower(translate(p.known_as, '-''', ' ')) as known_key, lower(translate(p.former_surname, '-''', ' ')) as former_key,
       p.dob, p.unborn, p.sex, p.nhs_number, p.upn, p.former_upn, p.address_key, lower(p.mother) as mother,
       case when p.postcode_key like 'ZZ99___' then '' else p.postcode_key end as postcode_key,
       case when extract(day from p.dob) <= 12
            then make_date(extract(year from p.dob)::int, extract(day from p.dob)::int, extract(month from p.dob)::int) end as swapped,
       p.surname_key <> '' and p.forename_key <> '' and p.dob is not null and not p.unborn as whole
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
where pr.extract_id = %(extract)s and pr.match = ''
  and case when p.dob is not null then p.surname_key <> '' or p.forename_key <> '' or p.unborn and p.mother <> ''
           else p.surname_key <> '' and p.forename_key <> '' and (p.nhs_number <> '' or p.upn <> '' or p.address_key <> '' or p.postcode_key <> '')
                or (p.surname_key <> '' or p.forename_key <> '') and (p.nhs_number <> '' or p.upn <> '') end;
analyze wanted;

-- what the one child that was found for a record says of it
create temp table told (
    local_id text, child_id bigint, nhs boolean, upn boolean, named boolean, doubtful boolean, middle boolean, sex boolean, postcode boolean,
    address boolean, moved boolean
) on commit drop;

-- what the steps settle, with the evidence for it
create temp table settled (local_id text, child_id bigint, rule text, weights jsonb, total numeric) on commit drop;
