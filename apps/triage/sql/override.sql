-- Bands set by hand that ended by themselves or are due for review: a child that waits already waits for that too, any other gets an
-- item, by the clock of the more pressing of the two bands. A record joined to another child's hands its override on. Answers with those
-- taken; of a child that may not stand in the queue none is, and it is asked again.
with due as (
    select o.id, o.band, vcdb_standing(o.child_id) as child_id from ragp_override o where o.id = any(%(overrides)s)
),
newest as (
    select distinct on (child_id) child_id, id, band from due order by child_id, id desc
),
joined as (
    update triage_item t set override_id = n.id
    from newest n
    where t.child_id = n.child_id and t.state = 'open'
    returning t.child_id
),
entered as (
    insert into triage_item (child_id, override_id, nature, state, opened_at, due_at, assigned_to)
    select k.id, n.id, 'real', 'open', %(at)s, (%(due)s::jsonb ->> coalesce(clock.days, 5)::text)::timestamptz,
           coalesce(held.assigned_to, taker.officer)
    from newest n
    join children_child k on k.id = n.child_id and k.merged_into_id is null and not k.withdrawn
    left join ragp_assessment a on a.child_id = k.id and a.superseded_at is null
    left join lateral (
        select min((b.respond_within_hours + 23) / 24) as days
        from ragp_band b where b.scheme_id = %(scheme)s and b.code in (n.band, a.band) and b.from_points is not null
    ) clock on true
    left join lateral (
        select t.assigned_to from triage_item t where t.child_id = k.id order by t.opened_at desc, t.id desc limit 1
    ) held on true
    left join lateral ({taker}) taker on held.assigned_to is null
    where not exists (select from triage_item t where t.child_id = k.id and t.state = 'open')
      and (k.died_on is null or k.died_on > %(today)s)
      and (k.left_area_on is null or k.left_area_on > %(today)s)
      and (k.dob is null or k.dob + make_interval(years => %(over_age)s) > %(today)s)
    returning child_id
)
select d.id from due d where d.child_id in (select child_id from joined union all select child_id from entered)
