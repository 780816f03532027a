-- Invented people by number, always alike: two to a household, fifteen households to a postcode, three in a hundred twins.
-- Names are drawn so that few are common and many are rare. Only benchmarks, in an instance of their own, use this.
insert into benchmark_person
with drawn as (
    select i, (i + 1) / 2 as h,
           (hashint8extended(i, 1) & 1048575) / 1048576.0 as a, (hashint8extended(i, 2) & 1048575) / 1048576.0 as b,
           (hashint8extended((i + 1) / 2, 3) & 1048575) / 1048576.0 as c
    from generate_series(1, %(people)s::bigint) i
)
select i,
       (%(surnames)s::text[])[1 + floor(power(c, 2.2) * %(surnames_number)s)::int] as surname,
       (%(forenames)s::text[])[1 + floor(power(a, 1.7) * %(forenames_number)s)::int] as forename,
       date '2008-01-15' + (6500 * case when h %% 33 = 0 then c else b end)::int as dob,
       case when hashint8(i) & 1 = 0 then 'F' else 'M' end as sex,
       '999' || lpad(i::text, 7, '0') as nhs_number,
       'A' || lpad((208000000000 + i * 37)::text, 12, '0') as upn,
       (1 + h %% 180) || ' ' || (%(streets)s::text[])[1 + (h / 180 %% %(streets_number)s)::int] || ', '
           || (%(towns)s::text[])[1 + (h / 180 / %(streets_number)s %% %(towns_number)s)::int] as address,
       'BK' || (1 + h / 15 / 3600) || ' ' || (1 + h / 15 / 400 %% 9) || chr(65 + (h / 15 / 20 %% 20)::int) || chr(65 + (h / 15 %% 20)::int) as postcode
from drawn
