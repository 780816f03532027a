-- Children whose facts have changed, and those whose rating may change with time alone. The marks are claimed now:
-- a mark made while this runs waits for it, then stands.
with claimed as (delete from children_stale returning child_id)
insert into ragp_target (child_id)
select child_id from claimed
union
select child_id from ragp_assessment where superseded_at is null and holds_until <= %(true_at)s;
