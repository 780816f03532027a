    select r.officer
    from triage_allocation r
    join accounts_user u on u.id = r.officer and u.is_active
    where not k.restricted and not k.address_hidden
      and (r.setting_id = k.setting_id
           or r.area <> '' and exists (
               select from children_sourcerecord sr
               join children_recordaddress ra on ra.record_id = sr.id and ra.recorded_to is null and ra.postcode_key <> ''
               where sr.child_id = k.id and left(ra.postcode_key, -2) = r.area))
    order by r.setting_id is null, r.id limit 1
