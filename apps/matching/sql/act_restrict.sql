-- If either child is hidden, both are: before an act for the child that records reach, after an undo for the one they go back to.
insert into children_restriction (child_id, hides, reason, placed_by, placed_at)
select distinct pair.to_child, x.hides, x.reason, %(by)s::bigint, %(at)s::timestamptz
from (
    select from_child_id as from_child, to_child_id as to_child from matching_actrecord where act_id = %(act)s
    union
    select to_child_id, from_child_id from matching_actrecord where act_id = %(act)s and %(both)s
) pair
join children_restriction x on x.child_id = pair.from_child and x.lifted_at is null
where pair.from_child <> pair.to_child
  and not exists (select from children_restriction s where s.child_id = pair.to_child and s.hides = x.hides and s.lifted_at is null);

-- and whatever is in question beside one of them
insert into children_restriction (child_id, hides, reason, placed_by, placed_at)
select distinct q.child_id, x.hides, 'May be a child whose record is hidden', %(by)s::bigint, %(at)s::timestamptz
from matching_actrecord m
join matching_candidate k on k.child_id in (m.from_child_id, m.to_child_id) and k.ruled_out_id is null
join matching_question q on q.id = k.question_id and q.closed_at is null
join children_restriction x on x.child_id = vcdb_standing(k.child_id) and x.lifted_at is null and x.child_id <> q.child_id
where m.act_id = %(act)s
  and not exists (select from children_restriction s where s.child_id = q.child_id and s.hides = x.hides and s.lifted_at is null);
