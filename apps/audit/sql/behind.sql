-- How many transaction numbers this server still has to give out before those of the record's own last ones.
select greatest(
    coalesce((select max(xid_to) from audit_seal), 0), coalesce((select max(xid) + 1 from audit_event), 0)
) - pg_snapshot_xmax(pg_current_snapshot())::text::bigint
