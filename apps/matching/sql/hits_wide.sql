-- For what is not settled, whom else it may be: other spellings of the name born that day, day and month or names changed round, a slip in
-- the birth date of one who bears the very name, children expected about then.
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and left(v.forename_key, 1) = w.initial and v.extract_id <> all(%(unsaid)s)
 and (v.forename_key = w.forename_key and (v.forename_key <> all(%(common)s) or left(v.surname_key, 2) = left(w.surname_key, 2)
                                           or w.former_key <> '')
      or left(v.surname_key, 3) = left(w.surname_key, 3)
      or left(v.forename_key, 3) = left(w.forename_key, 3)
         and (right(v.surname_key, 4) = right(w.surname_key, 4) or dmetaphone(v.surname_key) = dmetaphone(w.surname_key)))
where w.whole
union all
-- what opens the version itself stands apart, so that the rest is read from the index alone
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and v.forename_key = w.forename_key and v.former_surname <> '' and v.extract_id <> all(%(unsaid)s)
where w.whole
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and left(v.forename_key, 1) = w.initial and v.forename_key = w.forename_key
                             and lower(v.middle_names) = w.middle and v.extract_id <> all(%(unsaid)s)
where w.whole and w.middle <> ''
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and v.surname_key = w.forename_key and v.extract_id <> all(%(unsaid)s)
where w.whole
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and left(v.forename_key, 1) = left(w.surname_key, 1) and v.forename_key = w.surname_key and v.extract_id <> all(%(unsaid)s)
where w.whole
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and left(v.forename_key, 1) = left(w.known_key, 1) and v.forename_key = w.known_key and v.extract_id <> all(%(unsaid)s)
where w.whole and w.known_key <> ''
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and v.surname_key = w.former_key and v.extract_id <> all(%(unsaid)s)
where w.whole and w.former_key <> ''
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and v.former_surname <> '' and v.extract_id <> all(%(unsaid)s)
 and lower(translate(v.former_surname, '-''', ' ')) = w.surname_key
where w.whole
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and v.surname_key <> '' and v.extract_id <> all(%(unsaid)s)
 and string_to_array(w.surname_key, ' ') && string_to_array(v.surname_key, ' ')
where w.whole and position(' ' in w.surname_key) > 0
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.dob and v.surname_key like '%% %%' and v.extract_id <> all(%(unsaid)s)
 and string_to_array(w.surname_key, ' ') && string_to_array(v.surname_key, ' ')
where w.whole
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob = w.swapped and v.surname_key = w.surname_key and v.surname_key <> ''
                             and v.extract_id <> all(%(unsaid)s)
where w.swapped <> w.dob
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.surname_key = w.surname_key and v.forename_key = w.forename_key and v.extract_id <> all(%(unsaid)s)
 and vcdb_births_near(w.dob, v.dob)
where w.whole
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.unborn and v.dob between w.dob - 45 and w.dob + 45 and v.extract_id <> all(%(unsaid)s)
 and (v.surname_key = w.surname_key and v.surname_key <> '' or w.mother <> '' and lower(v.mother) = w.mother)
union all
select w.local_id, v.record_id from open w
join children_recordversion v on w.unborn and v.dob between w.dob - 45 and w.dob + 45 and v.extract_id <> all(%(unsaid)s)
 and (v.surname_key = w.surname_key and v.surname_key <> '' or w.mother <> '' and lower(v.mother) = w.mother)
union all
-- the very name, where one of the two has no birth date; the address is compared afterwards
select w.local_id, v.record_id from open w
join children_recordversion v on v.surname_key = w.surname_key and v.forename_key = w.forename_key and v.extract_id <> all(%(unsaid)s)
where w.dob is null and w.surname_key <> '' and w.forename_key <> '' and w.forename_key <> all(%(common)s)
union all
select w.local_id, v.record_id from open w
join children_recordversion v on v.dob is null and v.surname_key = w.surname_key and v.forename_key = w.forename_key
                             and v.extract_id <> all(%(unsaid)s)
where w.surname_key <> '' and w.forename_key <> ''
