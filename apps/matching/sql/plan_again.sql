-- What came of looking once more, as part of the plan: one row for each record that moves or is asked about anew.
insert into children_plannedrecord
    (extract_id, local_id, action, record_id, child_id, old_child_id, match, rule, candidates, evidence)
select %(extract)s, v.local_id, 'again', r.id, v.child_id, r.child_id, v.match, v.rule, v.candidates, v.evidence
from verdict v
join children_sourcerecord r on r.id = substr(v.local_id, 2)::bigint
on conflict (extract_id, local_id) do update set child_id = excluded.child_id, old_child_id = excluded.old_child_id,
    match = excluded.match, rule = excluded.rule, candidates = excluded.candidates, evidence = excluded.evidence,
    id = excluded.id;

update children_sourcerecord r set child_id = pr.child_id
from children_plannedrecord pr
where pr.extract_id = %(extract)s and pr.id > %(after)s and pr.action = 'again' and r.id = pr.record_id and r.child_id <> pr.child_id;
