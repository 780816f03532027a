-- So many of last week's automatic links, drawn by lot; the lot is the week's, so that nobody chooses and drawing again draws the same.
insert into matching_secondlook (week, record_id, child_id, decision_id)
select %(week)s, d.record_id, d.child_id, d.id
from matching_linkversion l
join matching_decision d on d.id = l.decision_id and d.by is null and d.outcome = 'linked'
join children_child c on c.id = l.child_id and c.merged_into_id is null
where l.recorded_to is null and l.recorded_from >= %(since)s and l.recorded_from < %(until)s
  and exists (select from children_sourcerecord o where o.child_id = l.child_id and o.id <> l.record_id and not o.loose)
order by md5(%(week)s::text || ':' || d.record_id)
limit %(most)s
on conflict (week, record_id) do nothing
