-- Children that the plan, and what followed from it, has touched.
insert into affected
select child_id from children_plannedrecord where extract_id = %(extract)s
union
select old_child_id from children_plannedrecord where extract_id = %(extract)s and old_child_id is not null
