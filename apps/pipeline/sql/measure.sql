-- What a feed's current records hold, counted for its newest committed extract; without a feed, for every feed. After an undo it is
-- counted anew for the extract that is newest then.
insert into pipeline_figures
    (extract_id, measured_at, records, born, school_age, named, with_dob, with_sex, with_ethnicity, with_address, with_nhs_number,
     nhs_number_known, with_upn, any_upn, errors, warnings)
select e.id, clock_timestamp(), held.*, found.*
from (
    select distinct on (feed_id) id, feed_id, as_of
    from extracts_extract
    where state = 'committed' and (%(feed)s::bigint is null or feed_id = %(feed)s::bigint)
    order by feed_id, as_of desc, id desc
) e
cross join lateral (
    select count(*),
           count(*) filter (where o.born),
           count(*) filter (where o.school_age),
           count(*) filter (where v.surname_key <> '' and v.forename_key <> ''),
           count(*) filter (where v.dob is not null),
           count(*) filter (where v.sex <> ''),
           count(*) filter (where v.ethnicity <> ''),
           count(*) filter (where a.address_key <> '' or a.postcode_key <> ''),
           count(*) filter (where o.born and v.nhs_number <> ''),
           count(*) filter (where o.born and (v.nhs_number <> '' or c.nhs_number <> '')),
           count(*) filter (where o.school_age and v.upn <> ''),
           count(*) filter (where v.upn <> '')
    from children_recordversion v
    join children_sourcerecord r on r.id = v.record_id
    join children_child c on c.id = r.child_id
    left join children_recordaddress a on a.record_id = v.record_id and a.feed_id = v.feed_id and a.recorded_to is null
    cross join lateral (
        select coalesce(v.dob <= e.as_of, true) as born,
               coalesce(v.dob <= e.as_of - interval '5 years' and v.dob > e.as_of - interval '16 years', false) as school_age
    ) o
    where v.feed_id = e.feed_id and v.recorded_to is null
) held
cross join lateral (
    select count(*) filter (where severity = 'error'), count(*) filter (where severity = 'warning')
    from extracts_finding where extract_id = e.id
) found
on conflict (extract_id) do update set
    measured_at = excluded.measured_at, records = excluded.records, born = excluded.born, school_age = excluded.school_age,
    named = excluded.named, with_dob = excluded.with_dob, with_sex = excluded.with_sex, with_ethnicity = excluded.with_ethnicity,
    with_address = excluded.with_address, with_nhs_number = excluded.with_nhs_number, nhs_number_known = excluded.nhs_number_known,
    with_upn = excluded.with_upn, any_upn = excluded.any_upn, errors = excluded.errors, warnings = excluded.warnings;
