-- A child that waits already when it enters a watched cohort waits for both.
update triage_item t
set stay_id = e.id
from (
    select distinct on (s.child_id) s.child_id, s.id
    from triage_cohortstay s
    join triage_cohort w on w.id = s.cohort_id and w.dropped_at is null and s.entered_at > w.watched_from
    where s.left_at is null and not exists (select from triage_item t where t.stay_id = s.id)
    order by s.child_id, w.respond_in_days, s.id
) e
where t.child_id = e.child_id and t.state = 'open' and t.stay_id is null;
