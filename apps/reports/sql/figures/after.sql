-- Children whose involvement of a service began 13 to 26 weeks before the end of the week: the band on the day it began, against the one
-- twelve weeks later, each as worked out then. "unknown" where no rating was worked out at one of the two.
with began as (
    select l.child_id, i.service::text as service, min(i.start_on) as on_day
    from involvements_involvement i
    join vcdb_report_links(%(known)s) l on l.record_id = i.record_id
    where i.recorded_from <= %(known)s and (i.recorded_to is null or i.recorded_to > %(known)s)
      and i.start_on > %(day)s::date - 182 and i.start_on <= %(day)s::date - 91 and not vcdb_is_enrolment(i.service)
    group by l.child_id, i.service
),
rated as (
    select a.child_id, a.assessed_at, a.superseded_at, b.rank
    from ragp_assessment a
    join ragp_band b on b.scheme_id = a.scheme_id and b.code = a.band
    where a.assessed_at <= %(known)s
)
select g.service || '/' || case when before.rank is null or later.rank is null then 'unknown' when later.rank < before.rank then 'lower'
                                when later.rank > before.rank then 'higher' else 'same' end as key, g.child_id as id, g.child_id
from began g
join vcdb_report_children(%(known)s, %(day)s) c on c.child_id = g.child_id
left join rated before on before.child_id = g.child_id and before.assessed_at < g.on_day + 1
    and (before.superseded_at is null or before.superseded_at >= g.on_day + 1)
left join rated later on later.child_id = g.child_id and later.assessed_at < g.on_day + 85
    and (later.superseded_at is null or later.superseded_at >= g.on_day + 85)
