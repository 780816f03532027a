-- One item for the newest change of each child since the scheme is watched. Whoever had the older item keeps the child; where nobody
-- had, the officer who takes the child's school or postcode sector gets it, but nobody by a place that is hidden.
insert into triage_item (change_id, child_id, nature, state, opened_at, due_at, assigned_to, stay_id, override_id, worry_id, worried, earlier_id)
select c.id, c.child_id, c.nature, 'open', %(at)s,
       least((%(due)s::jsonb ->> ((b.respond_within_hours + 23) / 24)::text)::timestamptz, held.worry_due),
       coalesce(held.assigned_to, taker.officer), held.stay_id, held.override_id, held.worry_id, coalesce(held.worried, ''),
       -- a child that is worse than what was decided about comes back with that decision
       case when b.rank > coalesce(decided_about.rank, came_from.rank, 0) then cleared.id end
from ragp_change c
join ragp_assessment a on a.id = c.after_id
join ragp_scheme s on s.id = a.scheme_id and c.at >= s.watched_from
join ragp_band b on b.scheme_id = s.id and b.code = c.to_band
left join ragp_band came_from on came_from.scheme_id = s.id and came_from.code = c.from_band
join children_child k on k.id = c.child_id and k.merged_into_id is null and not k.withdrawn
left join lateral (
    select t.assigned_to, case when t.state = 'overtaken' then t.stay_id end as stay_id,
           case when t.state = 'overtaken' then t.override_id end as override_id,
           case when t.state = 'overtaken' then t.worry_id end as worry_id,
           case when t.state = 'overtaken' then t.worried end as worried,
           case when t.state = 'overtaken' and t.worry_id is not null then t.due_at end as worry_due
    from triage_item t where t.child_id = c.child_id order by t.opened_at desc, t.id desc limit 1
) held on true
left join lateral (
    select d.id, p.to_band
    from triage_item t
    join triage_decision d on d.item_id = t.id and d.undone_at is null
    left join ragp_change p on p.id = t.change_id
    where t.child_id = c.child_id and t.state = 'decided'
    order by d.at desc limit 1
) cleared on true
left join ragp_band decided_about on decided_about.scheme_id = s.id and decided_about.code = cleared.to_band
left join lateral ({taker}) taker on held.assigned_to is null
where not exists (select from triage_item t where t.change_id = c.id)
  and not exists (select from ragp_change later where later.child_id = c.child_id and (later.at, later.id) > (c.at, c.id))
  and (k.died_on is null or k.died_on > %(today)s)
  and (k.left_area_on is null or k.left_area_on > %(today)s)
  and (k.dob is null or k.dob + make_interval(years => %(over_age)s) > %(today)s);
