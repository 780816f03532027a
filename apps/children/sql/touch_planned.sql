-- The children a plan touches. Only a match decides anew whether a child is provisional: '' says no, null leaves it as it is.
drop table if exists pg_temp.touched, pg_temp.reached;
create temp table touched on commit drop as
select child_id, max(provisional_because) as provisional_because
from (
    select child_id,
           case match when 'question' then 'question' when 'nameless' then 'nameless' when 'new' then '' end as provisional_because
    from children_plannedrecord
    where extract_id = %(extract)s and child_id is not null
    union all
    select old_child_id, null
    from children_plannedrecord
    where extract_id = %(extract)s and old_child_id is not null
) planned
group by child_id;
analyze touched;
