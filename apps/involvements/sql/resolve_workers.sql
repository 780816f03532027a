-- Workers that arrived in the directory after the involvements that name them.
update involvements_involvementdetail d set worker_id = w.id
from people_professional w
where w.worker_id = d.worker_ref and d.worker_ref <> '' and d.worker_id is distinct from w.id;
