-- The records Splink is to look among, and the rows it is to find, in the linker's own keys.
copy (
    select 'r' || r.id as unique_id, r.child_id as child, v.surname_key, v.forename_key, v.dob, v.sex, v.nhs_number, v.upn, v.former_upn,
           v.mother, coalesce(a.address_key, '') as address_key, coalesce(a.postcode_key, '') as postcode_key
    from children_sourcerecord r
    join children_recordversion v on v.record_id = r.id and v.recorded_to is null
    left join children_recordaddress a on a.record_id = r.id and a.feed_id = v.feed_id and a.recorded_to is null
) to stdout with (format csv, header)
