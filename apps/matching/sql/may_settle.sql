-- Whether a plan tells something new of a child that a question is open about, its own questions among them, or takes a record from a
-- child that has others: only then is anything looked at once more when it is committed (see gained.sql).
with moved as (
    select record_id, child_id, old_child_id from children_plannedrecord
    where extract_id = %(extract)s and (match = 'linked' or rule = 'again' or old_child_id <> child_id)
),
gained as (
    select child_id from moved where child_id is not null union select old_child_id from moved where old_child_id is not null
)
select exists (
    select from matching_question q
    where q.closed_at is null
      and (q.child_id in (select child_id from gained)
           or exists (select from matching_candidate k where k.question_id = q.id and k.child_id in (select child_id from gained)))
) or exists (
    select from children_plannedrecord p
    where p.extract_id = %(extract)s and p.match in ('question', 'doubt')
      and exists (select from gained g where g.child_id = p.child_id or g.child_id = any(p.candidates))
) or exists (
    select from moved m
    join children_sourcerecord r on r.child_id = m.old_child_id and r.id <> m.record_id
    where m.old_child_id <> m.child_id
);
