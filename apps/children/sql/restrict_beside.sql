-- A record in question beside a child that is hidden now is hidden with it: its name and address would give the child away.
insert into children_restriction (child_id, hides, reason, placed_by, placed_at)
select distinct q.child_id, %(hides)s::varchar, 'May be a child whose record is hidden', %(placed_by)s::bigint, %(placed_at)s::timestamptz
from matching_question q
join matching_candidate k on k.question_id = q.id
where q.closed_at is null and k.ruled_out_id is null and q.child_id <> %(child)s
  -- a candidate that was made one with the child since stands for it
  and (k.child_id = %(child)s or vcdb_standing(k.child_id) = %(child)s)
  and not exists (
      select from children_restriction s where s.child_id = q.child_id and s.hides = %(hides)s and s.lifted_at is null
  )
returning child_id
