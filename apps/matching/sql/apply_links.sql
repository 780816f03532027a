-- Every new or moved link stands on a decision; questions are opened beside the provisional child. Rows up to ``after`` were carried out before.
insert into matching_decision (record_id, child_id, outcome, rule, extract_id, by, at, model, evidence)
select record_id, child_id, match, rule, extract_id, null, %(at)s, case when evidence is null then '' else %(model)s end,
       evidence - 'by_candidate'
from children_plannedrecord
where extract_id = %(extract)s and id > %(after)s and match not in ('kept', 'doubt');

update matching_linkversion l set recorded_to = %(at)s
from children_plannedrecord pr
where pr.extract_id = %(extract)s and pr.id > %(after)s and pr.match <> 'kept' and l.record_id = pr.record_id and l.recorded_to is null
  and l.child_id <> pr.child_id;

-- of a record that is decided twice in one commit, first as it came and then once more, the last word counts
insert into matching_linkversion (record_id, child_id, decision_id, recorded_from)
select distinct on (d.record_id) d.record_id, d.child_id, d.id, d.at
from matching_decision d
where d.extract_id = %(extract)s and d.at = %(at)s
  and not exists (
      select from matching_linkversion l where l.record_id = d.record_id and l.recorded_to is null
  )
order by d.record_id, d.id desc;

-- a question whose record has been decided anew has lost its subject: nobody answered it
update matching_question q set closed_at = %(at)s
from children_plannedrecord pr
where pr.extract_id = %(extract)s and pr.id > %(after)s and pr.match <> 'kept' and q.record_id = pr.record_id and q.closed_at is null;

insert into matching_question (record_id, child_id, rule, extract_id, opened_at)
select record_id, child_id, rule, extract_id, %(at)s
from children_plannedrecord
where extract_id = %(extract)s and id > %(after)s and match in ('question', 'doubt');

insert into matching_candidate (question_id, child_id, evidence)
select q.id, c.child_id, pr.evidence -> 'by_candidate' -> c.child_id::text
from children_plannedrecord pr
-- looked up for each record: of questions opened just now the planner knows none, and would read the whole plan for each of them
cross join lateral (
    select q.id from matching_question q
    where q.record_id = pr.record_id and q.extract_id = pr.extract_id and q.closed_at is null offset 0
) q
cross join lateral unnest(pr.candidates) c (child_id)
where pr.extract_id = %(extract)s and pr.id > %(after)s and pr.match in ('question', 'doubt');

-- a child whose record has come back
update children_child c set withdrawn = false
from children_plannedrecord pr
cross join lateral (select w.id from children_child w where w.id = pr.child_id and w.withdrawn offset 0) w
where pr.extract_id = %(extract)s and pr.id > %(after)s and pr.action <> 'gone' and c.id = w.id;
