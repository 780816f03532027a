-- Where the person lives.
select %(address_key)s::text as address_key, %(postcode_key)s::text as postcode_key
