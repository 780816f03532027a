-- A child that no record belongs to any more is withdrawn; one that a record has come back to is not.
update children_child c set withdrawn = self.bare
from (
    select a.child_id, not exists (
        select from children_sourcerecord r
        join matching_linkversion l on l.record_id = r.id and l.child_id = a.child_id and l.recorded_to is null
        where r.child_id = a.child_id
    ) as bare
    from (select distinct child_id from affected) a
) self
where c.id = self.child_id and c.withdrawn <> self.bare and c.merged_into_id is null;
