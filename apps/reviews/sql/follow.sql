-- What belongs to a child whose record was joined to another's belongs to the child that stands.
with reviews as (
    update reviews_casereview t set child_id = vcdb_standing(t.child_id)
    from children_child k where k.id = t.child_id and k.merged_into_id is not null
    returning t.child_id
),
actions as (
    update reviews_action t set child_id = vcdb_standing(t.child_id)
    from children_child k where k.id = t.child_id and k.merged_into_id is not null
    returning t.child_id
),
leads as (
    -- one leads and one is asked: where the child that stands has one, that one stays
    update reviews_lead t
    set child_id = vcdb_standing(t.child_id),
        state = case when t.state in ('current', 'proposed') and exists (
                        select from reviews_lead o where o.child_id = vcdb_standing(t.child_id) and o.state = t.state)
                     then case t.state when 'current' then 'ended' else 'refused' end else t.state end
    from children_child k where k.id = t.child_id and k.merged_into_id is not null
    returning t.child_id
),
contacts as (
    update reviews_contact t set child_id = vcdb_standing(t.child_id)
    from children_child k where k.id = t.child_id and k.merged_into_id is not null
    returning t.child_id
),
team as (
    update reviews_member t set child_id = vcdb_standing(t.child_id)
    from children_child k where k.id = t.child_id and k.merged_into_id is not null
    returning t.child_id
)
select child_id from reviews union select child_id from leads union select child_id from contacts union select child_id from team union select child_id from actions
