-- Reviews that the service raises: what triage decided so, who entered a watched cohort of a type, bands set by hand that ended by
-- themselves. A child with a live review of the type gets one more cause for it, any other a review. Each cause is taken once.
with found as (
    select 'triage' as kind, i.child_id, t.id as type_id, d.id as decision_id, null::bigint as stay_id, null::bigint as override_id,
           d.reason as words, d.by
    from triage_decision d
    join triage_item i on i.id = d.item_id
    join reviews_reviewtype t on t.for_triage and t.active and d.at >= t.since
    where d.outcome = 'raise_review' and d.undone_at is null
      and not exists (select from reviews_cause c where c.decision_id = d.id)
    union all
    select 'cohort', s.child_id, t.id, null, s.id, null, '', null
    from reviews_reviewtype t
    join triage_cohort k on k.id = t.cohort_id and k.watched_from is not null
    join triage_cohortstay s on s.cohort_id = k.id and s.left_at is null and s.entered_at > greatest(k.watched_from, t.since)
    where t.active and not exists (select from reviews_cause c where c.stay_id = s.id)
    union all
    select 'override', o.child_id, t.id, null, null, o.id, o.reason, o.by
    from reviews_reviewtype t
    join ragp_override o on o.ended_why = 'expired' and o.ended_at >= t.since
    where t.for_expired and t.active and not exists (select from reviews_cause c where c.override_id = o.id)
),
standing as (
    select f.*, k.id as stands
    from found f
    join children_child k on k.id = vcdb_standing(f.child_id) and not k.withdrawn
    where (k.died_on is null or k.died_on > %(today)s) and (k.left_area_on is null or k.left_area_on > %(today)s)
),
live as (
    select distinct on (r.child_id, r.type_id) r.id, r.child_id, r.type_id
    from reviews_casereview r
    join standing s on s.stands = r.child_id and s.type_id = r.type_id
    where r.state not in ('closed', 'declined')
    order by r.child_id, r.type_id, r.id
),
made as (
    insert into reviews_casereview (public_id, child_id, type_id, state, round, agencies, raised_at, since, due_at)
    select gen_random_uuid(), s.stands, s.type_id, 'raised', 1,
           array(select a.agency_id::int from reviews_reviewtype_agencies a where a.reviewtype_id = s.type_id order by 1),
           %(at)s, %(at)s, (%(due)s::jsonb ->> t.accept_days::text)::timestamptz
    from (select distinct stands, type_id from standing) s
    join reviews_reviewtype t on t.id = s.type_id
    where not exists (select from live l where l.child_id = s.stands and l.type_id = s.type_id)
    returning id, child_id, type_id, due_at
),
moved as (
    insert into reviews_move (review_id, name, came_from, "to", reason, at, due_at)
    select id, 'raise', '', 'raised', '', %(at)s, due_at from made
),
caused as (
    insert into reviews_cause (review_id, kind, words, by, at, decision_id, stay_id, override_id)
    select r.id, s.kind, s.words, s.by, %(at)s, s.decision_id, s.stay_id, s.override_id
    from standing s
    join (select id, child_id, type_id from live union all select id, child_id, type_id from made) r on r.child_id = s.stands and r.type_id = s.type_id
    returning review_id
)
select c.review_id, r.child_id from caused c join (select id, child_id from live union all select id, child_id from made) r on r.id = c.review_id
