-- The children a plan would touch: those its records belong to, would belong to, or would leave.
insert into ragp_target (child_id)
select child_id from children_plannedrecord where extract_id = %(plan)s and child_id is not null
union
select old_child_id from children_plannedrecord where extract_id = %(plan)s and old_child_id is not null;
