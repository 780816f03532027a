-- The children to be heard about.
select unnest(%(children)s::bigint[]) as child_id
