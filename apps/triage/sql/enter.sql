-- An item for each child that entered a watched cohort and does not wait already: one a child, the most pressing cohort's.
insert into triage_item (child_id, stay_id, nature, state, opened_at, due_at, assigned_to)
select distinct on (k.id) k.id, s.id, 'real', 'open', %(at)s, (%(due)s::jsonb ->> w.respond_in_days::text)::timestamptz,
       coalesce(held.assigned_to, taker.officer)
from triage_cohortstay s
join triage_cohort w on w.id = s.cohort_id and w.dropped_at is null and s.entered_at > w.watched_from
join children_child k on k.id = s.child_id and k.merged_into_id is null and not k.withdrawn
left join lateral (
    select t.assigned_to from triage_item t where t.child_id = k.id order by t.opened_at desc, t.id desc limit 1
) held on true
left join lateral ({taker}) taker on held.assigned_to is null
where s.left_at is null
  and not exists (select from triage_item t where t.stay_id = s.id)
  and not exists (select from triage_item t where t.child_id = k.id and t.state = 'open')
  and (k.died_on is null or k.died_on > %(today)s)
  and (k.left_area_on is null or k.left_area_on > %(today)s)
  and (k.dob is null or k.dob + make_interval(years => %(over_age)s) > %(today)s)
order by k.id, w.respond_in_days, s.id;
