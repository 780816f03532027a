-- What an act says are different children, remembered record by record; and what it says are one child after all.
insert into matching_apart (record_id, other_id, reason, by, at, act_id)
select distinct least(mine.id, theirs.id), greatest(mine.id, theirs.id), a.reason, a.by, %(at)s::timestamptz, a.id
from matching_act a
join children_sourcerecord mine on not mine.loose
join children_sourcerecord theirs on not theirs.loose and theirs.id <> mine.id
where a.id = %(act)s
  and case when a.kind in ('new', 'different')
           then mine.child_id = a.child_id and theirs.child_id = any(%(others)s) and theirs.child_id <> a.child_id
           when a.kind in ('split', 'move')
           then mine.id in (select record_id from matching_actrecord m where m.act_id = a.id and m.from_child_id = a.child_id)
                and theirs.child_id = a.child_id
           else false end
on conflict (record_id, other_id) where lifted_at is null do nothing;

update matching_apart x set lifted_at = %(at)s, lifted_by = a.by, lifted_act_id = a.id
from matching_act a
where a.id = %(act)s and a.kind in ('same', 'merge', 'move') and x.lifted_at is null
  and exists (select from children_sourcerecord r where r.id = x.record_id and r.child_id = a.target_id)
  and exists (select from children_sourcerecord r where r.id = x.other_id and r.child_id = a.target_id);
