-- Every child, for a step that looks at all of them.
drop table if exists pg_temp.touched, pg_temp.reached;
create temp table touched on commit drop as
select id as child_id, null::text as provisional_because from children_child;
analyze touched;
