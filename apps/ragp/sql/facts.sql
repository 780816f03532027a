-- Every fact about the children of ragp_target that some rule of the scheme speaks of, one row a fact:
--   today (plan and known_at null), as known at an earlier moment (known_at),
--   or as they would be once a plan is applied: what is current, minus what the plan closes, plus what it opens.
-- Read by assess.sql, which puts it where it says "facts"; the join on ragp_target is what keeps a small run small.
linked as (
    select r.id as record_id, t.child_id
    from ragp_target t
    join children_sourcerecord r on r.child_id = t.child_id
    where %(known_at)s::timestamptz is null
      -- beside no or: under one the whole plan would be read again for each record; without a plan there is nothing to find
      and not exists (
          select from children_plannedrecord p
          where p.extract_id = %(plan)s::bigint and p.record_id = r.id and p.child_id is distinct from r.child_id)
    union all
    select p.record_id, t.child_id
    from ragp_target t
    join children_plannedrecord p on p.extract_id = %(plan)s and p.child_id = t.child_id
    left join children_sourcerecord r on r.id = p.record_id
    where %(plan)s::bigint is not null and r.child_id is distinct from p.child_id
    union all
    select l.record_id, t.child_id
    from ragp_target t
    join matching_linkversion l on l.child_id = t.child_id
    where l.recorded_from <= %(known_at)s::timestamptz
      and (l.recorded_to is null or l.recorded_to > %(known_at)s::timestamptz)
),
facts as (
    select l.child_id, 'I' as kind, i.id as fact, i.service as code, i.feed_id, i.agency_id, i.extract_id,
           i.start_on, i.end_on, null::numeric as value, coalesce(d.category, '') as category
    from linked l
    join involvements_involvement i on i.record_id = l.record_id
    left join involvements_involvementdetail d on d.involvement_id = i.id
    where i.service in (select subject from rules)
      and (i.recorded_to is null and %(known_at)s::timestamptz is null
           or i.recorded_from <= %(known_at)s::timestamptz
              and (i.recorded_to is null or i.recorded_to > %(known_at)s::timestamptz))
      and (%(plan)s::bigint is null or not exists (
          select from involvements_plannedfact p
          where p.extract_id = %(plan)s and p.kind = 'I' and p.current_id = i.id))
    union all
    select l.child_id, 'O', o.id, o.measure, o.feed_id, o.agency_id, o.extract_id, o."on", o.until, o.value, o.text
    from linked l
    join involvements_observation o on o.record_id = l.record_id
    where o.measure in (select subject from rules)
      and (o.recorded_to is null and %(known_at)s::timestamptz is null
           or o.recorded_from <= %(known_at)s::timestamptz
              and (o.recorded_to is null or o.recorded_to > %(known_at)s::timestamptz))
      and (%(plan)s::bigint is null or not exists (
          select from involvements_plannedfact p
          where p.extract_id = %(plan)s and p.kind = 'O' and p.current_id = o.id))
    union all
    -- sightings, where a rule asks how long ago somebody saw the child
    select l.child_id, 'S', g.id, 'seen', g.feed_id, g.agency_id, g.extract_id, g.seen_on, null, null, ''
    from linked l
    join involvements_sighting g on g.record_id = l.record_id
    where exists (select from rules where kind = 'unseen') and g.seen_on <= %(true_at)s::date
      and (g.recorded_to is null and %(known_at)s::timestamptz is null
           or g.recorded_from <= %(known_at)s::timestamptz
              and (g.recorded_to is null or g.recorded_to > %(known_at)s::timestamptz))
      and (%(plan)s::bigint is null or not exists (
          select from involvements_plannedfact p
          where p.extract_id = %(plan)s and p.kind = 'S' and p.current_id = g.id))
    union all
    select l.child_id, p.kind, p.new_id, case p.kind when 'S' then 'seen' else p.code end, e.feed_id, f.agency_id, p.extract_id, p.start_on,
           p.end_on, p.value,
           case p.kind when 'I' then p.category else p.text end
    from linked l
    join involvements_plannedfact p on p.extract_id = %(plan)s and p.record_id = l.record_id
    join extracts_extract e on e.id = p.extract_id
    join extracts_feed f on f.id = e.feed_id
    where p.kind in ('I', 'O') and p.code in (select subject from rules)
       or p.kind = 'S' and exists (select from rules where kind = 'unseen')
)
