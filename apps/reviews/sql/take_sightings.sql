-- A sighting for each contact, by a record of the child: one of the same agency where there is any, so that the sighting goes with it
-- should the record turn out to be another child's.
with kept as (
    insert into involvements_sighting (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, seen_on, by, how, detail)
    select distinct on (c.id) r.id, %(feed)s, c.agency_id, 'contact/' || c.id, %(extract)s,
           array_position(%(ids)s::bigint[], c.id), %(at)s, c.on, trim(u.first_name || ' ' || u.last_name), %(ways)s::jsonb ->> c.way, '{}'
    from reviews_contact c
    join accounts_user u on u.id = c.by
    join children_sourcerecord r on r.child_id = vcdb_standing(c.child_id) and not r.loose
    left join children_recordversion v on v.record_id = r.id and v.recorded_to is null
    left join extracts_feed f on f.id = v.feed_id and f.agency_id = c.agency_id
    where c.id = any(%(ids)s)
    order by c.id, (f.id is not null) desc, r.id
    returning record_id
)
select r.child_id from kept join children_sourcerecord r on r.id = kept.record_id;
