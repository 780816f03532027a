-- A child whose only record found its place elsewhere is left behind as a pointer.
update children_child c set merged_into_id = pr.child_id
from children_plannedrecord pr
where pr.extract_id = %(extract)s and pr.old_child_id = c.id and pr.old_child_id <> pr.child_id
  and not exists (select from children_sourcerecord r where r.child_id = c.id);
