-- Whether the person's own place is that of many families.
with place as (
    select %(address_key)s::text as address_key, %(postcode_key)s::text as postcode_key
),
housemate as (
{housemates}
),
neighbour as (
{neighbours}
)
select * from (
{crowded_houses}
) houses
union all
select * from (
{crowded_streets}
) streets
