-- Of the children on a school roll with a social worker or a plan, by the newest attendance that any source gave.
with pupils as (
    select distinct o.child_id from vcdb_report_open(%(known)s, %(day)s) o where o.service = 'school_roll'
),
helped as (
    select distinct o.child_id, o.service
    from vcdb_report_open(%(known)s, %(day)s) o
    join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = o.child_id
    where o.service in ('child_protection', 'looked_after', 'child_in_need', 'social_worker', 'ehcp')
),
newest as (
    select distinct on (l.child_id) l.child_id, m.value
    from involvements_observation m
    join vcdb_report_links(%(known)s) l on l.record_id = m.record_id
    where m.measure = 'attendance' and m.value is not null and coalesce(m.until, m."on") <= %(day)s
      and m.recorded_from <= %(known)s and (m.recorded_to is null or m.recorded_to > %(known)s)
    order by l.child_id, coalesce(m.until, m."on") desc, m.id desc
)
select h.service || '/' || case when n.value is null then 'unknown' when n.value < 50 then 'under_50' when n.value < 90 then 'under_90'
                                else 'from_90' end as key, h.child_id as id, h.child_id
from helped h
join pupils p on p.child_id = h.child_id
left join newest n on n.child_id = h.child_id
