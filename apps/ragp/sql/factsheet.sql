-- One row a child, one column a fact: gathered child by child through the records' keys, so that a few children cost little.
create function ragp_facts(children bigint[], true_at date, known_at timestamptz default null)
returns table (child_id bigint, age int, {declared}) language sql stable set search_path = pg_catalog, public as $$
    select c.id, extract(year from age(true_at, c.dob))::int, {chosen}
    from unnest(children) wanted (id)
    join children_child c on c.id = wanted.id
    left join lateral (
        select jsonb_object_agg(newest.code, newest.fact) as sheet
        from (
            select distinct on (g.code) g.code, jsonb_strip_nulls(g.fact || jsonb_build_object(
                'feed', d.code, 'kind', g.kind, 'fact', g.id, 'as_of', (
                    select max(e.as_of) from extracts_extract e
                    where e.feed_id = d.id and e.state = 'committed' and (known_at is null or e.committed_at <= known_at)))) as fact
            from (
                select r.id from children_sourcerecord r where known_at is null and r.child_id = c.id
                union all
                select l.record_id from matching_linkversion l
                where known_at is not null and l.child_id = c.id and l.recorded_from <= known_at
                  and (l.recorded_to is null or l.recorded_to > known_at)
            ) r
            cross join lateral (
                select 'I' as kind, i.id, i.service as code, i.feed_id, coalesce(i.end_on, 'infinity') as told_on, i.start_on as first_on,
                       jsonb_build_object('open', i.end_on is null or i.end_on > true_at, 'since', i.start_on, 'until', i.end_on,
                                          'category', nullif(n.category, '')) as fact
                from involvements_involvement i
                left join involvements_involvementdetail n on n.involvement_id = i.id
                where i.record_id = r.id and (i.start_on is null or i.start_on <= true_at)
                  and (known_at is null and i.recorded_to is null
                       or i.recorded_from <= known_at and (i.recorded_to is null or i.recorded_to > known_at))
                union all
                select 'O', o.id, o.measure, o.feed_id, coalesce(o.until, o."on", '-infinity'), null,
                       jsonb_build_object('value', trim_scale(o.value), 'text', nullif(o.text, ''), 'on', o."on", 'until', o.until)
                from involvements_observation o
                where o.record_id = r.id and (o."on" is null or o."on" <= true_at)
                  and (known_at is null and o.recorded_to is null
                       or o.recorded_from <= known_at and (o.recorded_to is null or o.recorded_to > known_at))
                union all
                select 'S', s.id, 'last_seen', s.feed_id, s.seen_on, null, jsonb_build_object('on', s.seen_on)
                from involvements_sighting s
                where s.record_id = r.id and s.seen_on <= true_at
                  and (known_at is null and s.recorded_to is null
                       or s.recorded_from <= known_at and (s.recorded_to is null or s.recorded_to > known_at))
            ) g
            join extracts_feed d on d.id = g.feed_id
            -- of a service what is open, since its earliest start, before what ended last; of a measure the newest
            order by g.code, (g.kind = 'I' and g.told_on > true_at) desc,
                     case when g.kind = 'I' and g.told_on > true_at then g.first_on end nulls last,
                     g.told_on desc, case when g.kind = 'I' then g.id end, g.id desc
        ) newest
    ) f on true
$$
