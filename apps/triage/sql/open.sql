-- One item for the newest change of each child since the scheme is watched; whoever had the older item keeps the child.
insert into triage_item (change_id, child_id, nature, state, opened_at, due_at, assigned_to)
select c.id, c.child_id, c.nature, 'open', %(at)s, %(at)s + make_interval(hours => b.respond_within_hours), held.assigned_to
from ragp_change c
join ragp_assessment a on a.id = c.after_id
join ragp_scheme s on s.id = a.scheme_id and c.at >= s.watched_from
join ragp_band b on b.scheme_id = s.id and b.code = c.to_band
join children_child k on k.id = c.child_id and k.merged_into_id is null and not k.withdrawn
left join lateral (
    select assigned_to from triage_item t where t.child_id = c.child_id order by t.opened_at desc, t.id desc limit 1
) held on true
where not exists (select from triage_item t where t.change_id = c.id)
  and not exists (select from ragp_change later where later.child_id = c.child_id and (later.at, later.id) > (c.at, c.id))
  and (k.died_on is null or k.died_on > %(today)s)
  and (k.left_area_on is null or k.left_area_on > %(today)s)
  and (k.dob is null or k.dob + make_interval(years => %(over_age)s) > %(today)s);
