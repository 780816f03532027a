-- Carries out an act: decisions of a person, link versions that stand on them, and the records where they belong now.
insert into matching_decision (record_id, child_id, outcome, rule, by, at)
select m.record_id, m.to_child_id, case when a.kind in ('split', 'new', 'different') then 'new' else 'linked' end, a.kind, a.by, %(at)s
from matching_actrecord m join matching_act a on a.id = m.act_id
where m.act_id = %(act)s;

update matching_linkversion l set recorded_to = %(at)s
from matching_actrecord m
where m.act_id = %(act)s and l.record_id = m.record_id and l.recorded_to is null;

with made as (
    insert into matching_linkversion (record_id, child_id, decision_id, recorded_from)
    select d.record_id, d.child_id, d.id, d.at
    from matching_actrecord m
    join matching_decision d on d.record_id = m.record_id and d.at = %(at)s and d.by is not null
    where m.act_id = %(act)s
    returning id, record_id
)
update matching_actrecord m set link_id = made.id from made where m.act_id = %(act)s and m.record_id = made.record_id;

update children_sourcerecord r set child_id = m.to_child_id
from matching_actrecord m
where m.act_id = %(act)s and r.id = m.record_id and r.child_id <> m.to_child_id;

-- a child left without records is a pointer from now on
update children_child c set merged_into_id = a.target_id
from matching_act a
where a.id = %(act)s and a.kind in ('same', 'merge') and c.id = a.child_id;

-- a question about a record that has been placed has lost its subject
update matching_question q
set closed_at = coalesce(q.closed_at, %(at)s), act_id = a.id,
    answer = case when q.answer <> '' then q.answer when a.kind in ('same', 'merge', 'move') then 'same' else 'new' end,
    answered_by = coalesce(q.answered_by, a.by)
from matching_act a
join matching_actrecord m on m.act_id = a.id
where a.id = %(act)s and q.record_id = m.record_id and q.closed_at is null
  and (m.from_child_id <> m.to_child_id
       or not exists (select from matching_candidate k
                      where k.question_id = q.id and k.ruled_out_id is null and vcdb_standing(k.child_id) <> m.to_child_id));
