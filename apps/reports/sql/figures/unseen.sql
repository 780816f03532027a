-- Children of each band that has a standard: last seen within it, longer ago, or never by anybody who reports it.
with seen as (
    select l.child_id, max(g.seen_on) as last_on
    from involvements_sighting g
    join vcdb_report_links(%(known)s) l on l.record_id = g.record_id
    where g.recorded_from <= %(known)s and (g.recorded_to is null or g.recorded_to > %(known)s) and g.seen_on <= %(day)s
    group by l.child_id
)
select c.band || '/' || case when s.last_on is null then 'never' when s.last_on < %(day)s::date - t.days::integer then 'longer' else 'within' end
       as key, c.child_id as id, c.child_id
from vcdb_report_children(%(known)s, %(day)s) c
join jsonb_each_text(%(standards)s::jsonb) t (band, days) on t.band = c.band
left join seen s on s.child_id = c.child_id
