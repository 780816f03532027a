-- The events of all transactions that are over, chained to the seal before. Nothing can still commit below the horizon.
with before as (
    select coalesce((select xid_to from audit_seal order by id desc limit 1), 0) as xid_from,
           coalesce((select hash from audit_seal order by id desc limit 1), '') as hash,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon
), batch as (
    select count(*) as events, min(e.id) as first_event, max(e.id) as last_event,
           string_agg(vcdb_event_hash(e), ''::bytea order by e.id) as hashes
    from before join audit_event e on e.xid >= before.xid_from and e.xid < before.horizon
)
insert into audit_seal (events, first_event, last_event, xid_from, xid_to, previous_hash, hash)
select batch.events, batch.first_event, batch.last_event, before.xid_from, before.horizon, before.hash,
       encode(sha256(convert_to(before.hash, 'UTF8') || batch.hashes), 'hex')
from before, batch
where batch.events > 0
returning id, events, hash
