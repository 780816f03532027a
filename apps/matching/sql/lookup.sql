-- The children one person may be, and the person's own place where it is that of many families; nothing is written.
with wanted as (
    select '' as local_id, %(surname_key)s::text as surname_key, %(forename_key)s::text as forename_key, %(middle)s::text as middle,
           %(known_key)s::text as known_key, %(former_key)s::text as former_key, %(dob)s::date as dob, %(unborn)s::boolean as unborn,
           %(nhs_number)s::text as nhs_number, %(upn)s::text as upn, %(former_upn)s::text as former_upn,
           %(address_key)s::text as address_key, %(postcode_key)s::text as postcode_key, %(mother)s::text as mother,
           %(swapped)s::date as swapped, %(whole)s::boolean as whole
),
open as (select *, left(forename_key, 1) as initial from wanted),
place as (select address_key, postcode_key from wanted),
housemate as (
{housemates}
),
neighbour as (
{neighbours}
),
hit as (
{hits_own}
union all
{hits_house}
union all
{hits_home}
union all
{hits_wide}
union all
{hits_far}
)
(
    select distinct r.child_id, null as postcode_key, null as address_key
    from hit h
    join children_sourcerecord r on r.id = h.record_id and not r.loose
    limit 500
)
union all
select null, houses.* from (
{crowded_houses}
) houses
union all
select null, streets.* from (
{crowded_streets}
) streets
