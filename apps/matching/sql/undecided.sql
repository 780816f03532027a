-- Provisional children among those found, and whom their open question asks about.
select q.child_id, array_agg(distinct c.child_id)
from matching_question q
join matching_candidate c on c.question_id = q.id
where q.closed_at is null and q.child_id in (select child_id from pair)
group by q.child_id
