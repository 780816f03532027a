-- Of those whose facts fit, the ones not seen for so long where that is asked for. Facts of a condition about kinds are marked: the
-- kind is content. When the child was last seen is a fact like the others, so that nobody learns of it who may not.
insert into triage_fitting (child_id, contributions)
select r.child_id,
       (select coalesce(jsonb_agg(case when f ->> 'rule' = any(%(content)s) then f || '{"content": true}' else f end), '[]')
        from jsonb_array_elements(r.contributions) f)
       || coalesce(last.told, '[]')
from ragp_result r
left join lateral (
    select s.seen_on, jsonb_build_array(jsonb_build_object(
               'rule', 'unseen', 'sentence', 'Not seen for ' || %(unseen)s::int || ' days or more', 'points', 0, 'service', '',
               'agency', s.agency_id, 'since', s.seen_on, 'kind', 'S', 'fact', s.id)) as told
    from children_sourcerecord sr
    join involvements_sighting s on s.record_id = sr.id and s.recorded_to is null and s.seen_on <= %(today)s
    where sr.child_id = r.child_id and %(unseen)s::int is not null
    order by s.seen_on desc, s.id desc limit 1
) last on true
where r.unrated = '' and r.band = 'fits'
  and (%(unseen)s::int is null or last.seen_on is null or last.seen_on <= %(today)s - %(unseen)s::int);
