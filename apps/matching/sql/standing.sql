-- How the records that are put to the passes again stand now: their child, the open question they have, whether a person decided about
-- the child, and the child's records in the order they came.
select o.local_id, o.record_id, o.child_id, q.id, coalesce(q.rule, ''), coalesce(q.asked, '{}'),
       exists (
           select from children_sourcerecord r
           join matching_linkversion l on l.record_id = r.id and l.recorded_to is null
           join matching_decision d on d.id = l.decision_id and d.by is not null
           where r.child_id = o.child_id
       ),
       coalesce(c.provisional_because, '') = 'nameless', coalesce(c.provisional_because, '') = 'question', coalesce(w.whole, false),
       array(select r.id from children_sourcerecord r where r.child_id = o.child_id and not r.loose order by r.id)
from reopened o
-- a child of this very commit is written at its end
left join children_child c on c.id = o.child_id
left join wanted w on w.local_id = o.local_id
left join lateral (
    select q.id, q.rule, array_agg(k.child_id) as asked
    from matching_question q
    join matching_candidate k on k.question_id = q.id
    where q.record_id = o.record_id and q.closed_at is null
    group by q.id
    order by q.id desc
    limit 1
) q on true
