-- The records put to the passes again move to the child they belong to; what stayed as it was is no part of the plan.
delete from children_plannedrecord where extract_id = %(extract)s and match = 'kept' and rule = '';

insert into affected
select r.child_id from children_plannedrecord pr join children_sourcerecord r on r.id = pr.record_id where pr.extract_id = %(extract)s;

update children_sourcerecord r set child_id = pr.child_id, loose = false
from children_plannedrecord pr
where pr.extract_id = %(extract)s and pr.record_id = r.id and (r.child_id <> pr.child_id or r.loose);
