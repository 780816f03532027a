-- Every child that can be rated.
insert into ragp_target (child_id)
select id from children_child where merged_into_id is null and not withdrawn;
