-- What a report reads beside ratings and facts, of invented children that have none yet: links with their decision, words of who the child
-- is, an address of one in two records, and when somebody saw the child.
with fresh as materialized (
    select r.id, r.child_id, r.id_scheme = 'bench2' as known
    from children_sourcerecord r
    where not exists (select from matching_linkversion l where l.record_id = r.id)
),
decided as (
    insert into matching_decision (record_id, child_id, outcome, rule, at)
    select f.id, f.child_id, 'new', 'bench', clock_timestamp() from fresh f
    returning id, record_id, child_id, at
),
linked as (
    insert into matching_linkversion (record_id, child_id, decision_id, recorded_from)
    select record_id, child_id, id, at from decided
),
told as (
    insert into children_recordversion
        (record_id, feed_id, bundle_hash, extract_id, row_no, recorded_from, surname, forename, middle_names, known_as, former_surname, dob,
         sex, ethnicity, nhs_number, upn, former_upn, uln, surname_key, forename_key)
    select f.id, %(feed)s, gen_random_uuid(), %(extract)s, 1, clock_timestamp(), 'Surname', 'Fore', '', '', '', date '2010-01-01', 'F', '',
           '', '', '', '', 'surname' || f.child_id, 'fore' || f.child_id
    from fresh f
),
living as (
    insert into children_recordaddress
        (record_id, feed_id, extract_id, row_no, recorded_from, address, postcode, address_key, postcode_key)
    select f.id, %(feed)s, %(extract)s, 1, clock_timestamp(), '', 'BE' || f.child_id %% 20 || ' ' || f.child_id %% 10 || 'AA', '', ''
    from fresh f where f.known
)
insert into involvements_sighting (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, seen_on, by, how, detail)
select f.id, %(feed)s, %(agency)s, 'seen', %(extract)s, 1, clock_timestamp(), %(today)s::date - f.child_id::integer %% 60, '', '', '{}'
from fresh f where f.known
