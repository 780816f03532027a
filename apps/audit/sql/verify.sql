-- Each seal beside what its events hash to today, and beside the seal it claims to follow.
select s.id, s.events, found.events, s.first_event, s.last_event,
       s.hash = encode(sha256(convert_to(s.previous_hash, 'UTF8') || coalesce(found.hashes, ''::bytea)), 'hex') as events_hold,
       s.previous_hash = coalesce(lag(s.hash) over (order by s.id), '')
           and s.xid_from = coalesce(lag(s.xid_to) over (order by s.id), 0) as chain_holds
from audit_seal s
cross join lateral (
    select count(*) as events, string_agg(vcdb_event_hash(e), ''::bytea order by e.id) as hashes
    from audit_event e where e.xid >= s.xid_from and e.xid < s.xid_to
) found
order by s.id
