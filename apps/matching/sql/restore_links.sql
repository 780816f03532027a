-- ``before`` is a moment of the last replay: links and questions made before it are those of files that came before.
-- All that was linked and asked without a person since a moment goes back to what it was then: an undone feed's own files are applied again
-- after this, those of other feeds judged again in their order; where a person's act is undone there is no feed. ``affected`` are the children whose evidence has changed.
drop table if exists pg_temp.unlinked, pg_temp.affected;
create temp table if not exists restored (record_id bigint) on commit drop;

create temp table affected on commit drop as
select distinct r.child_id
from restored t
join children_sourcerecord r on r.id = t.record_id;

create temp table unlinked on commit drop as
select l.id, l.record_id, l.child_id as from_child, earlier.child_id as to_child, earlier.decision_id
from matching_linkversion l
join matching_decision d on d.id = l.decision_id and d.by is null
left join lateral (
    select p.child_id, p.decision_id
    from matching_linkversion p
    where p.record_id = l.record_id and p.recorded_from < %(before)s and p.recorded_to >= %(before)s
    order by p.recorded_to desc
    limit 1
) earlier on true
where l.recorded_to is null and l.recorded_from >= %(before)s;

-- closed whatever becomes of the record: a link that is made again bears the moment of the replay, and the next undo goes by that
update matching_linkversion l set recorded_to = %(at)s
from unlinked u where u.id = l.id;

insert into matching_linkversion (record_id, child_id, decision_id, recorded_from)
select record_id, to_child, decision_id, %(at)s from unlinked where to_child is not null;

-- until their turn comes, those that had no link then are evidence for nobody, as if they had not arrived yet
update children_sourcerecord r set child_id = coalesce(u.to_child, r.child_id), loose = u.to_child is null
from unlinked u
where u.record_id = r.id;

insert into affected
select from_child from unlinked union select to_child from unlinked where to_child is not null;

-- the provisional child such a record had left is its child again
update children_child c set merged_into_id = null
from unlinked u
where u.to_child = c.id and c.merged_into_id is not null;

-- Questions asked since have lost their subject; those that a file, and no person, closed since stand open again.
insert into affected
select child_id from matching_question
where answered_by is null and (opened_at >= %(before)s and closed_at is null or opened_at < %(before)s and closed_at >= %(before)s);

update matching_question q
set closed_at = case when q.opened_at >= %(before)s then %(at)s::timestamptz end
where q.answered_by is null
  and (q.opened_at >= %(before)s and q.closed_at is null
       or q.opened_at < %(before)s and q.closed_at >= %(before)s and not exists (
           select from matching_linkversion l
           join matching_decision d on d.id = l.decision_id and d.by is not null
           where l.record_id = q.record_id and l.recorded_to is null
       ));

-- what made those children provisional, or no longer does, is as it was
update children_child c set provisional_because = now.because, provisional = now.because <> ''
from (
    select c.id, case
        when exists (select from matching_question q where q.child_id = c.id and q.closed_at is null) then 'question'
        when (
            select d.outcome from children_sourcerecord r
            join matching_decision d on d.record_id = r.id and d.at < %(before)s
            left join extracts_extract e on e.id = d.extract_id
            where r.child_id = c.id and not r.loose and e.state is distinct from 'undone'
            order by d.at desc, d.id desc
            limit 1
        ) = 'nameless' then 'nameless' else '' end as because
    from children_child c
    where c.id in (select child_id from affected)
) now
where now.id = c.id and c.provisional_because <> now.because
  and exists (select from children_sourcerecord r where r.child_id = c.id and not r.loose);
