-- Who no longer fits, of those that were looked at.
update triage_cohortstay s
set left_at = %(at)s
where s.cohort_id = %(cohort)s and s.left_at is null
  and (%(everybody)s or s.child_id in (select child_id from ragp_target))
  and s.child_id not in (select child_id from triage_fitting);
