-- Records the plan creates or moves, then the feed's new words about them. A new child is written last, by the refresh, with its
-- fields and reach at once: foreign keys to it are checked at the commit.
insert into children_sourcerecord (id, id_scheme, local_id, agency_id, child_id, loose)
select record_id, %(scheme)s, local_id, %(agency)s, child_id, false
from children_plannedrecord
where extract_id = %(extract)s and action <> 'gone'
on conflict (id) do update set child_id = excluded.child_id, loose = false
    where children_sourcerecord.child_id <> excluded.child_id or children_sourcerecord.loose;

update children_recordversion v set recorded_to = %(at)s
from children_plannedrecord pr
where pr.extract_id = %(extract)s and v.record_id = pr.record_id and v.feed_id = %(feed)s and v.recorded_to is null;

insert into children_recordversion
    (record_id, feed_id, bundle_hash, surname, forename, middle_names, known_as, former_surname, dob, sex, ethnicity, nhs_number,
     upn, former_upn, uln, died_on, left_area_on, surname_key, forename_key, mother, unborn, extract_id, row_no, recorded_from)
select pr.record_id, %(feed)s, p.bundle_hash, p.surname, p.forename, p.middle_names, p.known_as, p.former_surname, p.dob, p.sex,
       p.ethnicity, p.nhs_number, p.upn, p.former_upn, p.uln, p.died_on, p.left_area_on, p.surname_key, p.forename_key,
       p.mother, p.unborn, pr.extract_id, p.row_no, %(at)s
from children_plannedrecord pr
join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
where pr.extract_id = %(extract)s and pr.action <> 'gone';
