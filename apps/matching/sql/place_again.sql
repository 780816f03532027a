-- Let each record of the plan stand where it was placed at the end: what would be rated is the child it then belongs to.
update children_plannedrecord p set child_id = a.child_id
from children_plannedrecord a
where p.extract_id = %(extract)s and p.action <> 'again'
  and a.extract_id = p.extract_id and a.action = 'again' and a.record_id = p.record_id and a.child_id <> p.child_id;
