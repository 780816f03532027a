-- Puts some records of one extract to the passes once more, as if they had just arrived.
delete from children_plannedrecord where extract_id = %(extract)s;
delete from extracts_stagedperson where extract_id = %(extract)s;

insert into extracts_stagedperson
    (extract_id, local_id, bundle_hash, module, row_no, kept, restricted, surname, forename, middle_names, known_as, former_surname, dob,
     sex, ethnicity, nhs_number, upn, former_upn, uln, died_on, left_area_on, surname_key, forename_key, address, postcode, address_key,
     postcode_key)
select distinct on (r.id) %(extract)s, r.local_id, v.bundle_hash, '', v.row_no, false, false, v.surname, v.forename, v.middle_names,
       v.known_as, v.former_surname, v.dob, v.sex, v.ethnicity, v.nhs_number, v.upn, v.former_upn, v.uln, v.died_on, v.left_area_on,
       v.surname_key, v.forename_key, coalesce(a.address, ''), coalesce(a.postcode, ''), coalesce(a.address_key, ''),
       coalesce(a.postcode_key, '')
from rejudge j
join children_sourcerecord r on r.id = j.record_id
-- in the words its decision was made by, though they may have changed since, or the record gone
join children_recordversion v on v.record_id = r.id
left join children_recordaddress a on a.record_id = r.id and a.feed_id = v.feed_id
    and a.recorded_from <= v.recorded_from
    and (a.recorded_to is null or a.recorded_to > v.recorded_from)
where j.extract_id = %(extract)s
order by r.id, (v.extract_id = %(extract)s) desc, v.recorded_to desc nulls first, (v.surname_key <> '') desc, v.recorded_from;

-- the child it had stays its own where nobody has that child now; of several in one file the first keeps it
insert into children_plannedrecord (extract_id, local_id, action, record_id, child_id, old_child_id, match, rule, candidates)
select %(extract)s, p.local_id, 'changed', r.id, null,
       case when not exists (
           select from children_sourcerecord o
           where o.child_id = r.child_id and o.id <> r.id
             and (not o.loose or o.id < r.id and o.id in (select record_id from rejudge where extract_id = %(extract)s))
       ) then r.child_id end, '', '', '{}'
from extracts_stagedperson p
join rejudge j on j.extract_id = %(extract)s
join children_sourcerecord r on r.id = j.record_id and r.local_id = p.local_id
where p.extract_id = %(extract)s;

update matching_question q set closed_at = %(at)s
from rejudge j
where j.extract_id = %(extract)s and q.record_id = j.record_id and q.closed_at is null;
