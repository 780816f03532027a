-- Children open to a service at the end of the week and not at its beginning (new), and the other way round (ended), each as known then:
-- the caseload a week before, and what is new, less what has ended, is the caseload.
with now as materialized (
    select distinct o.service, o.child_id
    from vcdb_report_open(%(known)s, %(day)s) o
    join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = o.child_id
    where not vcdb_is_enrolment(o.service)
),
before as materialized (
    select distinct o.service, o.child_id
    from vcdb_report_open(%(begin)s, %(begin_day)s) o
    join vcdb_report_children(%(begin)s, %(begin_day)s) c on c.child_id = o.child_id
    where not vcdb_is_enrolment(o.service)
)
select n.service || '/new' as key, n.child_id as id, n.child_id
from now n where not exists (select from before b where b.service = n.service and b.child_id = n.child_id)
union all
select b.service || '/ended', b.child_id, b.child_id
from before b where not exists (select from now n where n.service = b.service and n.child_id = b.child_id)
