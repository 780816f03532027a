-- The children a question already asks about stand among those it may be, and so does its own, for its words.
insert into pair
select o.local_id, coalesce(c.merged_into_id, k.child_id)
from reopened o
join matching_question q on q.record_id = o.record_id and q.closed_at is null
join matching_candidate k on k.question_id = q.id
left join children_child c on c.id = k.child_id
union
select local_id, child_id from reopened
except
select local_id, child_id from pair
