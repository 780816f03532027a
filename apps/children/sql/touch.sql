-- The children a step has touched.
drop table if exists pg_temp.touched, pg_temp.reached;
create temp table touched on commit drop as
select distinct unnest(%(children)s::bigint[]) as child_id, null::text as provisional_because;
