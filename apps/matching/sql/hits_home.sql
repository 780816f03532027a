-- Who lives, or once lived, at the postcode, and shares the birth date, or a name with a birth date that is near or not known; or is
-- a child expected about then. One condition, not a union: the neighbours are many and read once.
select w.local_id, n.record_id from open w
join neighbour n on n.postcode_key = w.postcode_key and w.postcode_key <> ''
 and (n.dob = w.dob
      or n.forename_key = w.forename_key and vcdb_births_near(w.dob, n.dob)
      or n.surname_key = w.surname_key
         and (vcdb_births_near(w.dob, n.dob)
              or n.forename_key = w.forename_key and n.surname_key <> '' and (w.dob is null or n.dob is null))
      or (n.unborn or w.unborn) and n.dob between w.dob - 45 and w.dob + 45)
