-- What a feed said of its records goes back to how it stood just before a moment. Nothing is erased: what was recorded since is closed,
-- and what it had replaced is recorded anew, so that "as known" at any moment in between still answers as it did.
drop table if exists pg_temp.restored;
create temp table restored (record_id bigint) on commit drop;

with closed as (
    update children_recordversion set recorded_to = %(at)s
    where feed_id = %(feed)s and recorded_to is null and recorded_from >= %(before)s
    returning record_id
)
insert into restored select record_id from closed;

with back as (
    insert into children_recordversion
        (record_id, feed_id, bundle_hash, surname, forename, middle_names, known_as, former_surname, dob, sex, ethnicity,
         nhs_number, upn, former_upn, uln, died_on, left_area_on, surname_key, forename_key, mother, unborn, extract_id, row_no, recorded_from)
    select record_id, feed_id, bundle_hash, surname, forename, middle_names, known_as, former_surname, dob, sex, ethnicity,
           nhs_number, upn, former_upn, uln, died_on, left_area_on, surname_key, forename_key, mother, unborn, extract_id, row_no, %(at)s
    from children_recordversion
    where feed_id = %(feed)s and recorded_from < %(before)s and recorded_to >= %(before)s
    returning record_id
)
insert into restored select record_id from back;

with closed as (
    update children_recordaddress set recorded_to = %(at)s
    where feed_id = %(feed)s and recorded_to is null and recorded_from >= %(before)s
    returning record_id
)
insert into restored select record_id from closed;

with back as (
    insert into children_recordaddress
        (record_id, feed_id, address, postcode, address_key, postcode_key, extract_id, row_no, recorded_from)
    select record_id, feed_id, address, postcode, address_key, postcode_key, extract_id, row_no, %(at)s
    from children_recordaddress
    where feed_id = %(feed)s and recorded_from < %(before)s and recorded_to >= %(before)s
    returning record_id
)
insert into restored select record_id from back;

-- a restriction that only the undone file asked for goes with it, lifted by whoever undid it; one that a person placed stays
update children_restriction set lifted_at = %(at)s, lifted_by = %(by)s
where feed_id = %(feed)s and placed_at >= %(before)s and lifted_at is null;
