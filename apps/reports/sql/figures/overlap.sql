-- Children by how many services they were open to at once; five stands for five and more.
select least(coalesce(s.number, 0), 5)::text as key, c.child_id as id, c.child_id
from vcdb_report_children(%(known)s, %(day)s) c
left join (
    select o.child_id, count(distinct o.service) as number
    from vcdb_report_open(%(known)s, %(day)s) o
    where not vcdb_is_enrolment(o.service)
    group by o.child_id
) s on s.child_id = c.child_id
