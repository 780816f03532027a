-- Who lives, or once lived, at the very address, and shares the birth date, or the name with a birth date that is near or not known.
select w.local_id, n.record_id from open w
join housemate n on n.address_key = w.address_key
 and (n.dob = w.dob or n.surname_key = w.surname_key and n.forename_key = w.forename_key
      and (vcdb_births_near(w.dob, n.dob) or n.surname_key <> '' and (w.dob is null or n.dob is null)))
