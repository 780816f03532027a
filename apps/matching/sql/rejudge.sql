-- What one extract said of who its records are, put to the passes once more as if it had just arrived.
delete from children_plannedrecord where extract_id = %(extract)s;
delete from extracts_stagedperson where extract_id = %(extract)s;

insert into extracts_stagedperson
    (extract_id, local_id, bundle_hash, module, row_no, kept, restricted, surname, forename, middle_names, known_as, former_surname, dob,
     sex, ethnicity, nhs_number, upn, former_upn, uln, died_on, left_area_on, surname_key, forename_key, mother, unborn, address, postcode,
     address_key, postcode_key)
select distinct on (r.id) %(extract)s, r.local_id, v.bundle_hash, '', v.row_no, false, false, v.surname, v.forename, v.middle_names,
       v.known_as, v.former_surname, v.dob, v.sex, v.ethnicity, v.nhs_number, v.upn, v.former_upn, v.uln, v.died_on, v.left_area_on,
       v.surname_key, v.forename_key, v.mother, v.unborn, coalesce(a.address, ''), coalesce(a.postcode, ''), coalesce(a.address_key, ''),
       coalesce(a.postcode_key, '')
from children_recordversion v
join children_sourcerecord r on r.id = v.record_id
left join children_recordaddress a on a.record_id = r.id and a.feed_id = v.feed_id
    and a.recorded_from <= v.recorded_from
    and (a.recorded_to is null or a.recorded_to > v.recorded_from)
where v.extract_id = %(extract)s
order by r.id, v.recorded_from;

-- the child it had stays its own where nobody has that child now; of several in one file the first keeps it
insert into children_plannedrecord (extract_id, local_id, action, record_id, child_id, old_child_id, match, rule, candidates)
select %(extract)s, p.local_id, 'changed', r.id,
       case when not r.loose then r.child_id end,
       case when r.loose and not exists (
           select from children_sourcerecord o
           where o.child_id = r.child_id and o.id <> r.id
             and (not o.loose or o.id < r.id and exists (
                 select from children_recordversion w where w.record_id = o.id and w.extract_id = %(extract)s))
       ) then r.child_id end,
       case when r.loose then '' else 'kept' end, '', '{}'
from extracts_stagedperson p
join children_recordversion v on v.extract_id = %(extract)s
join children_sourcerecord r on r.id = v.record_id and r.local_id = p.local_id
where p.extract_id = %(extract)s
on conflict (extract_id, local_id) do nothing;
