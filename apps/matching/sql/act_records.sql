-- The records an act is about. Whoever joins two children has looked at the whole of both, so every record of the child they
-- become is placed by that person: no file, and no undo of one, takes the two apart again.
insert into matching_actrecord (act_id, record_id, from_child_id, to_child_id, kept)
select a.id, r.id, r.child_id, a.target_id, false
from matching_act a
join children_sourcerecord r on not r.loose
    and (r.child_id = a.target_id and a.kind in ('same', 'merge', 'move') or r.child_id = a.child_id and a.kind in ('same', 'merge'))
where a.id = %(act)s
union all
-- a child of its own: its records stay, because a person said so
select a.id, r.id, r.child_id, a.child_id, false
from matching_act a
join children_sourcerecord r on not r.loose and r.child_id = a.child_id
where a.id = %(act)s and a.kind in ('new', 'different') and %(settled)s
on conflict (act_id, record_id) do nothing;

update matching_actrecord m set to_child_id = coalesce(a.target_id, a.child_id)
from matching_act a
where a.id = %(act)s and m.act_id = a.id and a.kind in ('split', 'move');

update matching_actrecord m set before_id = l.id
from matching_linkversion l
where m.act_id = %(act)s and l.record_id = m.record_id and l.recorded_to is null;
