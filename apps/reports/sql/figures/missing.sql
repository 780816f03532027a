-- Children missing at the end of the week, missing in it, missing often; open to exploitation work; and both.
with episodes as (
    select l.child_id, i.start_on, i.end_on
    from involvements_involvement i
    join vcdb_report_links(%(known)s) l on l.record_id = i.record_id
    where i.service = 'missing' and i.start_on <= %(day)s
      and i.recorded_from <= %(known)s and (i.recorded_to is null or i.recorded_to > %(known)s)
),
away as (
    select e.child_id,
           bool_or(e.end_on is null or e.end_on > %(day)s) as now,
           bool_or(e.end_on is null or e.end_on >= %(week)s) as in_week,
           count(distinct e.start_on) filter (where e.start_on > %(day)s::date - 90) as times
    from episodes e group by e.child_id
),
exploited as (
    select distinct o.child_id from vcdb_report_open(%(known)s, %(day)s) o where o.service = 'vemt'
)
select k.key, c.child_id as id, c.child_id
from vcdb_report_children(%(known)s, %(day)s) c
left join away a on a.child_id = c.child_id
left join exploited x on x.child_id = c.child_id
cross join lateral (
    select 'now' as key where a.now
    union all select 'in_week' where a.in_week
    union all select 'often' where a.times >= 3
    union all select 'exploitation' where x.child_id is not null
    union all select 'both' where x.child_id is not null and a.times >= 1
) k
where a.child_id is not null or x.child_id is not null
