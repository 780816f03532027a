-- Who fits and did not; of those who did already, the facts as they are now.
insert into triage_cohortstay (cohort_id, child_id, entered_at, contributions)
select %(cohort)s, child_id, %(at)s, contributions from triage_fitting
on conflict (cohort_id, child_id) where left_at is null do update
set contributions = excluded.contributions
where triage_cohortstay.contributions is distinct from excluded.contributions;
