-- The places where agreement says little.
select postcode_key, address_key from crowd
