-- Looked-after children by the kind of their placement at the end of the week, and how long they had been in it.
with cared_for as (
    select distinct o.child_id
    from vcdb_report_open(%(known)s, %(day)s) o
    join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = o.child_id
    where o.service = 'looked_after'
),
placed as (
    select distinct on (l.child_id) l.child_id, upper(m.text) as kind, m."on" as began
    from involvements_observation m
    join vcdb_report_links(%(known)s) l on l.record_id = m.record_id
    where m.measure = 'placement' and m."on" <= %(day)s and (m.until is null or m.until > %(day)s)
      and m.recorded_from <= %(known)s and (m.recorded_to is null or m.recorded_to > %(known)s)
    order by l.child_id, m."on" desc, m.id desc
)
select coalesce(nullif(p.kind, ''), 'unknown') || '/'
       || case when p.child_id is null then 'unknown'
               when p.began > (%(day)s::date - interval '3 months') then 'under_3m'
               when p.began > (%(day)s::date - interval '1 year') then 'under_1y'
               when p.began > (%(day)s::date - interval '2 years') then 'under_2y' else 'from_2y' end as key,
       f.child_id as id, f.child_id
from cared_for f
left join placed p on p.child_id = f.child_id
