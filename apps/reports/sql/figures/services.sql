-- Children open to each service at the end of the week.
select distinct o.service as key, o.child_id as id, o.child_id
from vcdb_report_open(%(known)s, %(day)s) o
join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = o.child_id
where not vcdb_is_enrolment(o.service)
