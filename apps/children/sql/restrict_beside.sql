-- A record in question beside a child that is hidden now is hidden with it: its name and address would give the child away. So is a page that
-- was made one with the child: what was decided and written of it before lies there still.
insert into children_restriction (child_id, hides, reason, placed_by, placed_at)
select beside.child_id, %(hides)s::varchar, min(beside.reason), %(placed_by)s::bigint, %(placed_at)s::timestamptz
from (
    select q.child_id, 'May be a child whose record is hidden' as reason
    from matching_question q
    join matching_candidate k on k.question_id = q.id
    where q.closed_at is null and k.ruled_out_id is null and q.child_id <> %(child)s
      -- a candidate that was made one with the child since stands for it
      and (k.child_id = %(child)s or vcdb_standing(k.child_id) = %(child)s)
    union all
    select c.id, 'Made one with a child whose record is hidden'
    from children_child c
    where c.merged_into_id is not null and vcdb_standing(c.id) = %(child)s
) beside
where not exists (
    select from children_restriction s where s.child_id = beside.child_id and s.hides = %(hides)s and s.lifted_at is null
)
group by beside.child_id
returning child_id
