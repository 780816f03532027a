-- The children whose standing rating was worked out in one run.
insert into ragp_target (child_id)
select child_id from ragp_assessment
where superseded_at is null and scheme_id = %(scheme)s and as_of = %(true_at)s and assessed_at = %(at)s;
