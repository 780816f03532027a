-- The children found.
select unnest(%(children)s::bigint[]) as child_id
