-- The sources: in time, late, or never heard of, by the newest file taken in by the end of the week. The rows are feeds.
select case when e.as_of is null then 'never' when %(day)s::date > e.as_of + t.days::integer + %(grace)s::integer then 'late' else 'in_time' end
       || '/' || f.code as key, f.id, null::bigint as child_id
from jsonb_each_text(%(feeds)s::jsonb) t (code, days)
join extracts_feed f on f.code = t.code
left join lateral (
    select max(e.as_of) as as_of from extracts_extract e
    where e.feed_id = f.id and e.committed_at <= %(known)s and (e.undone_at is null or e.undone_at > %(known)s)
) e on true
