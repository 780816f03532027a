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
)
select child_id from reviews union select child_id from actions
