-- How the records that are put to the passes again stand now: their child, the open question they have, whether a person decided about
-- the child, and the child's records in the order they came.
select o.local_id, o.record_id, o.child_id, q.id, coalesce(q.rule, ''), coalesce(q.asked, '{}'),
       exists (
           -- each looked up by the one before: in another order all links would be read for each record
           select from children_sourcerecord r
           cross join lateral (
               select l.decision_id from matching_linkversion l where l.record_id = r.id and l.recorded_to is null offset 0
           ) l
           cross join lateral (select d.id from matching_decision d where d.id = l.decision_id and d.by is not null offset 0) d
           where r.child_id = o.child_id
       ),
       coalesce(c.provisional_because, '') = 'nameless', coalesce(c.provisional_because, '') = 'question', coalesce(w.whole, false),
       array(select r.id from children_sourcerecord r where r.child_id = o.child_id and not r.loose order by r.id)
from reopened o
-- a child of this very commit is written at its end
left join children_child c on c.id = o.child_id
left join wanted w on w.local_id = o.local_id
left join lateral (
    select q.id, q.rule, array(select k.child_id from matching_candidate k where k.question_id = q.id) as asked
    from (select * from matching_question q where q.record_id = o.record_id and q.closed_at is null offset 0) q
    order by q.id desc
    limit 1
) q on true
