-- The rating of every child of ragp_target: facts joined with the scheme's rules, points added, banded, floors applied,
-- reasons kept. One statement, whether for one child or for all.
insert into ragp_result (child_id, unrated, band, points, contributions, holds_until, begun_by)
with rules as materialized (
    select id, code, kind, subject, categories, below, at_least, window_days, points,
           (select b.rank from ragp_band b where b.scheme_id = r.scheme_id and b.code = r.floor) as floor_rank,
           row_number() over (order by points desc, code) as place,
           -- what every reason by this rule begins with, written once: a reason is then put together as text and read once a child
           rtrim(jsonb_build_object(
               'rule', code, 'sentence', sentence, 'points', points, 'service', coalesce(%(measures)s::jsonb ->> subject, subject)
           )::text, '}') as head
    from ragp_rule r where scheme_id = %(scheme)s
),
-- when a rating is not given, because nothing behind it is fresh
setup as materialized (
    select s.unrated_after_days as days, coalesce(b.rank, 0) as up_to
    from ragp_scheme s left join ragp_band b on b.scheme_id = s.id and b.code = s.unrated_up_to
    where s.id = %(scheme)s
),
bands as materialized (
    select code, rank, from_points from ragp_band where scheme_id = %(scheme)s
),
feeds as materialized (
    select f.id, concat(', "feed": ', to_json(f.code), ', "agency": ') as head, max(e.as_of) as as_of
    from extracts_feed f
    left join extracts_extract e on e.feed_id = f.id
        and (e.state = 'committed' and (%(known_at)s::timestamptz is null or e.committed_at <= %(known_at)s::timestamptz)
             or e.id = %(plan)s::bigint)
    group by f.id
),
planned as (
    select p.child_id, min(s.dob) as dob, min(s.died_on) as died_on, min(s.left_area_on) as left_area_on
    from children_plannedrecord p
    join extracts_stagedperson s on s.extract_id = p.extract_id and s.local_id = p.local_id
    where p.extract_id = %(plan)s
    group by p.child_id
),
who as (
    select t.child_id,
           coalesce(c.dob, p.dob) + make_interval(years => %(over_age)s) as grown_on,
           case when c.merged_into_id is not null then 'merged'
                when c.withdrawn then 'withdrawn'
                when coalesce(p.died_on, c.died_on) <= %(true_at)s::date then 'died'
                when coalesce(p.left_area_on, c.left_area_on) <= %(true_at)s::date then 'left'
                when coalesce(c.dob, p.dob) + make_interval(years => %(over_age)s) <= %(true_at)s::date then 'grown'
                else '' end as unrated
    from ragp_target t
    left join children_child c on c.id = t.child_id
    left join planned p on p.child_id = t.child_id
),
{facts},
-- a service that is involved today counts once a rule, from its earliest start
opened as (
    select distinct on (f.child_id, r.id)
           f.child_id, r.id as rule_id, f.kind, f.fact, f.feed_id, f.agency_id, f.extract_id, f.start_on as since, f.end_on as until,
           null::numeric as value, f.start_on as counted_from
    from facts f
    join rules r on r.kind = 'open' and r.subject = f.code
    where (f.start_on is null or f.start_on <= %(true_at)s::date)
      and (f.end_on is null or f.end_on > %(true_at)s::date)
      and (r.window_days is null or f.start_on > %(true_at)s::date - r.window_days)
      and (r.categories = '{}' or f.category = any(r.categories))
    order by f.child_id, r.id, f.start_on nulls last, f.fact
),
-- of a measure only the newest value counts
newest as (
    select distinct on (f.child_id, f.code) f.*, coalesce(f.end_on, f.start_on) as measured_on
    from facts f
    where f.code in (select subject from rules where kind = 'measure')
      and (f.start_on is null or f.start_on <= %(true_at)s::date)
    order by f.child_id, f.code, coalesce(f.end_on, f.start_on) desc nulls last, f.fact desc
),
measured as (
    select n.child_id, r.id as rule_id, n.kind, n.fact, n.feed_id, n.agency_id, n.extract_id, n.start_on as since, n.end_on as until,
           n.value, n.measured_on as counted_from
    from newest n
    join rules r on r.kind = 'measure' and r.subject = n.code
    where (r.window_days is null or n.measured_on > %(true_at)s::date - r.window_days)
      and (r.below is null or n.value < r.below)
      and (r.at_least is null or n.value >= r.at_least)
      and (r.categories = '{}' or n.category = any(r.categories))
),
-- so many different days: two agencies that report one event count it once
counted as (
    select f.child_id, r.id as rule_id, max(f.kind) as kind,
           (array_agg(f.fact order by f.start_on desc, f.fact))[1] as fact,
           (array_agg(f.feed_id order by f.start_on desc, f.fact))[1] as feed_id,
           (array_agg(f.agency_id order by f.start_on desc, f.fact))[1] as agency_id,
           (array_agg(f.extract_id order by f.start_on desc, f.fact))[1] as extract_id,
           min(f.start_on) as since, max(f.start_on) as until,
           count(distinct f.start_on)::numeric as value, min(f.start_on) as counted_from
    from facts f
    join rules r on r.kind = 'count' and r.subject = f.code
    where f.start_on <= %(true_at)s::date
      and (r.window_days is null or f.start_on > %(true_at)s::date - r.window_days)
      and (r.categories = '{}' or f.category = any(r.categories))
    group by f.child_id, r.id, r.at_least
    having count(distinct f.start_on) >= coalesce(r.at_least, 1)
),
seen as (
    select child_id, max(start_on) as on_day from facts where kind = 'S' group by child_id
),
-- a service that is involved today while nobody has seen the child for so many days, or since it began
waiting as (
    select distinct on (f.child_id, r.id)
           f.child_id, r.id as rule_id, f.kind, f.fact, f.feed_id, f.agency_id, f.extract_id, f.start_on as since, f.end_on as until,
           null::numeric as value, null::date as counted_from,
           greatest(s.on_day, f.start_on) + r.window_days as unseen_on
    from facts f
    join rules r on r.kind = 'unseen' and r.subject = f.code
    left join seen s on s.child_id = f.child_id
    where (f.start_on is null or f.start_on <= %(true_at)s::date)
      and (f.end_on is null or f.end_on > %(true_at)s::date)
      and (r.categories = '{}' or f.category = any(r.categories))
    order by f.child_id, r.id, f.start_on nulls first, f.fact
),
hits as (
    select * from opened union all select * from measured union all select * from counted
    union all
    select child_id, rule_id, kind, fact, feed_id, agency_id, extract_id, since, until, value, counted_from
    from waiting where unseen_on is null or unseen_on <= %(true_at)s::date
),
summed as (
    select h.child_id, sum(r.points) as points,
           coalesce(max(r.floor_rank), 0) as floor_rank, max(f.as_of) as fresh_on,
           ('[' || string_agg(concat(
               r.head, f.head, h.agency_id, ', "kind": "', h.kind, '", "fact": ', h.fact,
               ', "since": "' || h.since || '"', ', "until": "' || h.until || '"', ', "value": ' || trim_scale(h.value),
               case when r.kind = 'count' then ', "times": ' || trim_scale(h.value) end,
               ', "lapses": "' || (h.counted_from + r.window_days) || '"', '}'
           ), ', ' order by r.place) || ']')::jsonb as contributions,
           case when bool_and(n.extract_id is not null) then array_agg(n.extract_id) end as begun_by,
           -- the first day on which one of them ends or lapses: each counts today, so it is a later one
           min(least(case when r.kind in ('open', 'unseen') then h.until end, h.counted_from + r.window_days)) as turn
    from hits h
    join rules r on r.id = h.rule_id
    join feeds f on f.id = h.feed_id
    left join ragp_first_file n on n.extract_id = h.extract_id
        and coalesce(case when r.kind = 'count' then h.until else h.since end <= n.as_of, true)
    group by h.child_id
),
-- the first day on which time alone changes something else: a fact begins, or nobody has seen the child for so long
turns as (
    select child_id, min(turn) as turn
    from (
        select child_id, start_on as turn from facts where start_on > %(true_at)s::date
        union all
        select child_id, unseen_on from waiting where unseen_on > %(true_at)s::date
    ) dated
    group by child_id
)
select w.child_id, case when stale.is then 'stale' else w.unrated end,
       case when stale.is then 'none' else banded.code end,
       rated.points, rated.contributions,
       case when w.unrated = '' then least(
           rated.turn, t.turn, case when rated.points > 0 then w.grown_on::date end,
           case when not stale.is and rated.fresh_on + setup.days > %(true_at)s::date then rated.fresh_on + setup.days end) end,
       rated.begun_by
from who w
cross join setup
left join summed s on s.child_id = w.child_id and w.unrated = ''
left join turns t on t.child_id = w.child_id
cross join lateral (
    select coalesce(s.points, 0) as points, coalesce(s.floor_rank, 0) as floor_rank, coalesce(s.contributions, '[]') as contributions,
           s.fresh_on, s.begun_by, s.turn
) rated
cross join lateral (
    select b.code, b.rank from bands b
    where case when b.from_points is null then true
               else b.from_points <= rated.points or b.rank <= rated.floor_rank end
    order by b.rank desc limit 1
) banded
cross join lateral (
    select setup.days is not null and banded.rank between 1 and setup.up_to
           and coalesce(rated.fresh_on + setup.days <= %(true_at)s::date, true) as is
) stale
