-- A child that an undone act had made, and that no record belongs to any more, leads to the child its records went back to.
update children_child c set merged_into_id = back.from_child_id
from back
where c.id = back.to_child_id and back.from_child_id <> back.to_child_id and c.merged_into_id is null
  and not exists (select from children_sourcerecord r where r.child_id = c.id)
  and exists (select from matching_act a where a.id = %(act)s and a.kind = 'split');
