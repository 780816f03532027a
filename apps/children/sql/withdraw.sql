-- A child that no record belongs to any more is withdrawn: the file that brought it was undone.
update children_child c set withdrawn = self.bare
from (
    select t.child_id, not exists (
        select from children_sourcerecord r where r.child_id = t.child_id and not r.loose
    ) as bare
    from touched t
) self
where c.id = self.child_id and c.withdrawn <> self.bare and c.merged_into_id is null;
