-- A change for each child whose band moved, with the reasons gained and lost. It is an artefact only when every one of
-- those reasons has a cause in the data rather than in the child's life. First ratings are kept by begin.sql.
insert into ragp_change (child_id, before_id, after_id, from_band, to_band, nature, why, gained, lost, at)
with moved as (
    select d.*, r.band, r.unrated, r.contributions as after_it, b.contributions as before_it, b.assessed_at,
           b.unrated as before_unrated, b.scheme_id <> %(scheme)s as by_scheme
    from ragp_differing d
    join ragp_result r on r.child_id = d.child_id
    join ragp_assessment b on b.id = d.before_id
    where d.before_id is not null and r.band <> d.from_band
),
reasons as (
    select m.child_id, m.by_scheme, m.assessed_at, '+' as sign, g.reason from moved m
    cross join lateral jsonb_array_elements(m.after_it) g (reason)
    where not exists (select from jsonb_array_elements(m.before_it) t (reason) where t.reason ->> 'rule' = g.reason ->> 'rule')
    union all
    select m.child_id, m.by_scheme, m.assessed_at, '-', g.reason from moved m
    cross join lateral jsonb_array_elements(m.before_it) g (reason)
    where not exists (select from jsonb_array_elements(m.after_it) t (reason) where t.reason ->> 'rule' = g.reason ->> 'rule')
),
facts as (
    select q.*, coalesce(i.record_id, o.record_id) as record_id, coalesce(i.feed_id, o.feed_id) as feed_id,
           coalesce(i.extract_id, o.extract_id) as extract_id, coalesce(i.recorded_from, o.recorded_from) as recorded_from,
           coalesce(i.recorded_to, o.recorded_to) as recorded_to, coalesce(i.start_on, o."on") as start_on
    from (select * from reasons where not by_scheme) q -- of a scheme change there is nothing to ask
    left join involvements_involvement i on q.reason ->> 'kind' = 'I' and i.id = (q.reason ->> 'fact')::bigint
    left join involvements_observation o on q.reason ->> 'kind' = 'O' and o.id = (q.reason ->> 'fact')::bigint
),
judged as (
    select child_id, sign, reason, null as why from reasons where by_scheme
    union all
    select f.child_id, f.sign, f.reason,
           case when f.sign = '+' then coalesce(undone.why, linked.why, first_file.why, back.why)
                else coalesce(undone.why, unlinked.why, late.why) end as why
    from facts f
    left join lateral (
        select 'Records were joined' as why
        from matching_linkversion l
        where f.sign = '+' and l.record_id = f.record_id and l.recorded_to is null and l.recorded_from > f.assessed_at
          and f.recorded_from <= l.recorded_from
          and exists (select from matching_linkversion p where p.record_id = l.record_id and p.recorded_to = l.recorded_from
                                                           and p.child_id <> l.child_id)
    ) linked on true
    left join ragp_first_file first_file on f.sign = '+' and first_file.extract_id = f.extract_id and f.recorded_from > f.assessed_at
        and (f.start_on is null or f.start_on <= first_file.as_of)
    -- what an undo took away, or put back, is no news of the child
    left join lateral (
        select fd.title || ' was undone' as why
        from extracts_extract e
        join extracts_feed fd on fd.id = e.feed_id
        where e.id = f.extract_id
          and (f.sign = '-' and e.state = 'undone' and f.recorded_to is not null
               or f.sign = '+' and f.recorded_from > f.assessed_at and f.recorded_from <> coalesce(e.applied_at, e.committed_at))
    ) undone on true
    -- a reason that was lost only because a feed was late, and is there again, is no news either
    left join lateral (
        select 'It had lapsed while a file was late' as why
        from ragp_change p
        cross join lateral jsonb_array_elements(p.lost) l (reason)
        where f.sign = '+' and p.child_id = f.child_id and l.reason ->> 'rule' = f.reason ->> 'rule'
          and p.nature = 'artefact' and p.why like '%% is late%%'
          and not exists (select from ragp_change q cross join lateral jsonb_array_elements(q.gained || q.lost) g (reason)
                          where q.child_id = p.child_id and q.at > p.at and g.reason ->> 'rule' = f.reason ->> 'rule')
        limit 1
    ) back on true
    left join lateral (
        select 'A record went to another child' as why
        from children_sourcerecord s
        where f.sign = '-' and s.id = f.record_id and s.child_id <> f.child_id
    ) unlinked on true
    left join lateral (
        select fd.title || ' is late' as why
        from extracts_feed fd
        where f.sign = '-' and fd.id = f.feed_id and f.recorded_to is null and f.reason ? 'lapses'
          and (select max(e.as_of) from extracts_extract e where e.feed_id = fd.id and e.state = 'committed')
              < %(true_at)s::date - 2 * fd.every_days
    ) late on true
),
told as (
    select child_id, bool_and(why is not null) as artefact, string_agg(distinct why, ', ') as why,
           coalesce(jsonb_agg(reason order by (reason ->> 'points')::int desc) filter (where sign = '+'), '[]') as gained,
           coalesce(jsonb_agg(reason order by (reason ->> 'points')::int desc) filter (where sign = '-'), '[]') as lost
    from judged group by child_id
)
select m.child_id, m.before_id, m.after_id, m.from_band, m.band,
       case when n.artefact then 'artefact' else 'real' end,
       case when n.artefact then left(n.why, 200) else '' end,
       coalesce(t.gained, '[]'), coalesce(t.lost, '[]'), %(at)s
from moved m
left join told t on t.child_id = m.child_id
cross join lateral (
    select case when m.by_scheme then true
                when m.unrated in ('merged', 'withdrawn', 'stale') then true
                when m.unrated <> '' then false
                when m.before_unrated = 'stale' and t.child_id is null then true
                else coalesce(t.artefact, false) end as artefact,
           case when m.by_scheme then 'The rating scheme changed'
                when m.unrated = 'merged' then 'Records were joined'
                when m.unrated = 'withdrawn' then 'A file was undone'
                when m.unrated = 'stale' then 'No source behind it is fresh'
                when m.before_unrated = 'stale' and t.child_id is null then 'A source behind it has come again'
                else t.why end as why
) n;
