-- One count a day: how many fit, and how many came and went since midnight; who fitted from the first is not counted as having come.
insert into triage_cohortcount (cohort_id, "on", children, entered, "left")
select %(cohort)s, %(today)s, count(*) filter (where left_at is null),
       count(*) filter (where entered_at >= %(midnight)s and entered_at > %(first)s), count(*) filter (where left_at >= %(midnight)s)
from triage_cohortstay
where cohort_id = %(cohort)s and (left_at is null or left_at >= %(midnight)s)
on conflict (cohort_id, "on") do update
set children = excluded.children, entered = excluded.entered, "left" = excluded."left";
