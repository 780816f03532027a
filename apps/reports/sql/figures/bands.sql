-- Children by the band worked out for them, as it stood at the end of the week.
select c.band as key, c.child_id as id, c.child_id
from vcdb_report_children(%(known)s, %(day)s) c
