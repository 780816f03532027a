-- Children by postcode sector of the most trusted address: all of them, and those of the two highest bands. A list of wards that
-- came later would say something else of an old week.
-- Where an address is hidden, or none is known, the sector is "unknown".
with lives as (
    select distinct on (l.child_id) l.child_id, v.postcode
    from children_recordaddress v
    join vcdb_report_links(%(known)s) l on l.record_id = v.record_id
    join extracts_feed f on f.id = v.feed_id
    where v.postcode <> '' and v.recorded_from <= %(known)s and (v.recorded_to is null or v.recorded_to > %(known)s)
    order by l.child_id, f.priority, v.recorded_from desc, v.id desc
),
hidden as (
    select distinct r.child_id from children_restriction r
    where r.placed_at <= %(known)s and (r.lifted_at is null or r.lifted_at > %(known)s)
)
select coalesce(regexp_replace(s.postcode, '[A-Z]{2}$', ''), 'unknown') || '/' || k.key as key, c.child_id as id, c.child_id
from vcdb_report_children(%(known)s, %(day)s) c
left join hidden h on h.child_id = c.child_id
left join lives s on s.child_id = c.child_id and h.child_id is null
cross join lateral (select 'all' as key union all select 'high' where c.high) k
