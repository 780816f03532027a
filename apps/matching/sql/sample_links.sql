-- So many of last week's automatic links, drawn by lot, and among them so many decoys: pairs that came near and were told apart. The lot is
-- the week's, so that nobody chooses and drawing again draws the same; links and decoys stand mixed.
with linked as (
    select d.record_id, l.child_id, d.id as decision_id, (d.evidence ->> 'runner_up')::bigint as other,
           md5(%(week)s::text || ':' || d.record_id) as lot
    from matching_linkversion l
    join matching_decision d on d.id = l.decision_id and d.by is null and d.outcome = 'linked'
    join children_child c on c.id = l.child_id and c.merged_into_id is null
    where l.recorded_to is null and l.recorded_from >= %(since)s and l.recorded_from < %(until)s
      and exists (select from children_sourcerecord o where o.child_id = l.child_id and o.id <> l.record_id and not o.loose)
),
told_apart as (
    -- the runner-up of a link, and whom a person told apart; never the two identities of one adopted
    select record_id, other as child_id, decision_id, lot from linked where other <> child_id
    union all
    select x.record_id, r.child_id, l.decision_id, md5(%(week)s::text || ':' || x.record_id)
    from matching_apart x
    join children_sourcerecord r on r.id = x.other_id and not r.loose
    join matching_linkversion l on l.record_id = x.record_id and l.recorded_to is null and l.child_id <> r.child_id
    where x.lifted_at is null and not x.sealed and x.at < %(until)s
),
sure as (
    select distinct on (record_id) record_id, t.child_id, decision_id, lot
    from told_apart t
    join children_child c on c.id = t.child_id and c.merged_into_id is null and not c.withdrawn
    where exists (select from children_sourcerecord o where o.child_id = t.child_id and not o.loose)
      -- who is still in question is nobody's decoy, nor is who may be one with a sealed identity
      and not exists (select from matching_question q join matching_candidate k on k.question_id = q.id
                      where q.closed_at is null and (q.record_id = t.record_id or q.child_id = t.child_id or k.child_id = t.child_id))
      and not exists (select from matching_apart s join children_sourcerecord m on m.id = s.other_id or m.id = s.record_id
                      where s.sealed and s.lifted_at is null and m.child_id = t.child_id)
    order by record_id, t.child_id
),
decoys as (
    select * from sure order by lot limit %(decoys)s
),
links as (
    select * from linked where record_id not in (select record_id from decoys) order by lot limit %(most)s
)
insert into matching_secondlook (week, record_id, child_id, decision_id, decoy)
select %(week)s, record_id, child_id, decision_id, decoy
from (
    select record_id, child_id, decision_id, false as decoy from links
    union all
    -- a sample of decoys alone would say nothing
    select record_id, child_id, decision_id, true from decoys where exists (select from links)
) drawn
order by md5('mixed:' || %(week)s::text || ':' || record_id)
on conflict (week, record_id) do nothing
