-- Concerns that settings returned, the newest of each child: a child that waits already waits for that too, and no longer than the concern
-- may; any other gets an item. Answers with those taken; one that was taken is known by its item and is taken once.
with newest as (
    select distinct on (k.id) k.id as child_id, o.id, o.text,
           (%(due)s::jsonb ->> case o.text when 'Serious concern' then '1' else '5' end)::timestamptz as due_at
    from children_child c
    join children_child k on k.id = vcdb_standing(c.id)
    join children_sourcerecord r on r.child_id = k.id
    join involvements_observation o on o.record_id = r.id and o.recorded_to is null and o.measure = 'school_concern'
    where c.id = any(%(children)s)
    order by k.id, o."on" desc nulls last, o.id desc
),
due as (
    select * from newest n
    where n.text in ('Some concern', 'Serious concern') and not exists (select from triage_item t where t.worry_id = n.id)
),
joined as (
    update triage_item t set worry_id = n.id, worried = n.text, due_at = least(t.due_at, n.due_at)
    from due n
    where t.child_id = n.child_id and t.state = 'open'
    returning t.child_id
),
entered as (
    insert into triage_item (child_id, worry_id, worried, nature, state, opened_at, due_at, assigned_to)
    select k.id, n.id, n.text, 'real', 'open', %(at)s, n.due_at, coalesce(held.assigned_to, taker.officer)
    from due n
    join children_child k on k.id = n.child_id and k.merged_into_id is null and not k.withdrawn
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
select d.id, d.child_id from due d where d.child_id in (select child_id from joined union all select child_id from entered)
