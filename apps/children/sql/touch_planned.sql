-- The children a plan touches. Only a match decides anew whether a child is provisional: '' says no, null leaves it as it is. Of a record that
-- was decided twice in one commit, first as it came and then once more, the last word counts.
drop table if exists pg_temp.touched, pg_temp.reached;
create temp table touched on commit drop as
select child_id, max(provisional_because) as provisional_because
from (
    select child_id, case match when 'question' then 'question' when 'nameless' then 'nameless' when 'new' then '' end as provisional_because
    from (
        select distinct on (record_id) child_id, match
        from children_plannedrecord
        where extract_id = %(extract)s and child_id is not null
        order by record_id, id desc
    ) decided
    union all
    select c.child_id, null
    from children_plannedrecord pr
    cross join lateral (values (pr.child_id), (pr.old_child_id)) c (child_id)
    where pr.extract_id = %(extract)s and c.child_id is not null
) planned
group by child_id;
analyze touched;
