-- The named children, their marks claimed.
with claimed as (delete from children_stale where child_id = any(%(children)s))
insert into ragp_target (child_id) select distinct unnest(%(children)s::bigint[]);
