-- Links that the undone extracts made without a person go back to what they were; a record that had none before is on its own again.
-- ``affected`` are the children whose evidence has changed; ``rejudge`` the records of other files whose link rested on that evidence.
drop table if exists pg_temp.unlinked, pg_temp.affected, pg_temp.rejudge;

create temp table affected on commit drop as
select distinct r.child_id
from restored t
join children_sourcerecord r on r.id = t.record_id;

create temp table unlinked on commit drop as
select l.id, l.record_id, l.child_id as from_child, earlier.child_id as to_child, earlier.decision_id
from (select distinct record_id from restored) t
join matching_linkversion l on l.record_id = t.record_id and l.recorded_to is null and l.recorded_from >= %(before)s
join matching_decision d on d.id = l.decision_id and d.by is null
join extracts_extract e on e.id = d.extract_id and e.feed_id = %(feed)s
left join lateral (
    select p.child_id, p.decision_id
    from matching_linkversion p
    where p.record_id = l.record_id and p.recorded_from < %(before)s and p.recorded_to >= %(before)s
    order by p.recorded_to desc
    limit 1
) earlier on true;

update matching_linkversion l set recorded_to = %(at)s from unlinked u where u.id = l.id;

insert into matching_linkversion (record_id, child_id, decision_id, recorded_from)
select record_id, to_child, decision_id, %(at)s from unlinked where to_child is not null;

update children_sourcerecord r set child_id = coalesce(u.to_child, r.child_id), loose = u.to_child is null
from unlinked u
where u.record_id = r.id;

-- the provisional child such a record had left is its child again
update children_child c set merged_into_id = null
from unlinked u
where u.to_child = c.id and c.merged_into_id is not null;

insert into affected select to_child from unlinked where to_child is not null;

-- a question the undone extracts asked has lost its subject
update matching_question q set closed_at = %(at)s
from extracts_extract e
where e.id = q.extract_id and e.feed_id = %(feed)s and q.opened_at >= %(before)s and q.closed_at is null;

-- Records whose own link must be worked out again: those left without one though another feed still speaks of them, and those that
-- other files decided since, without a person, by evidence that shares a child or a key with what has gone or come back.
create temp table rejudge on commit drop as
with recursive moved as (
    -- evidence that has gone, and evidence that is there again
    select v.* from children_recordversion v
    where v.feed_id = %(feed)s and (v.recorded_to = %(at)s or v.recorded_from = %(at)s)
), since as (
    select d.record_id, max(d.at) as decided_at, (array_agg(d.extract_id order by d.at desc))[1] as extract_id
    from matching_decision d
    join extracts_extract e on e.id = d.extract_id and e.feed_id <> %(feed)s
    where d.at >= %(before)s and d.by is null
    group by d.record_id
), shaken as (
    select s.record_id from since s
    join children_sourcerecord r on r.id = s.record_id
    where r.child_id in (select child_id from affected)
    union
    select q.record_id from matching_question q
    join matching_candidate c on c.question_id = q.id
    join since s on s.record_id = q.record_id
    where q.closed_at is null and c.child_id in (select child_id from affected)
    union
    select s.record_id from since s
    join children_recordversion v on v.record_id = s.record_id and v.recorded_to is null
    join moved m on v.dob = m.dob and v.surname_key = m.surname_key
        or v.nhs_number <> '' and v.nhs_number = m.nhs_number
        or v.upn <> '' and v.upn in (m.upn, m.former_upn)
), beside as (
    -- whom each record decided since was linked to, or asked about
    select s.record_id, r.child_id from since s join children_sourcerecord r on r.id = s.record_id
    union
    select s.record_id, c.child_id
    from since s
    join matching_question q on q.record_id = s.record_id and q.closed_at is null
    join matching_candidate c on c.question_id = q.id
), suspects as (
    select record_id from shaken
    union
    -- and whoever rests on one of those
    select other.record_id
    from suspects x
    join children_sourcerecord r on r.id = x.record_id
    join beside other on other.child_id = r.child_id
)
select s.record_id, s.extract_id, s.decided_at
from since s
join suspects x on x.record_id = s.record_id
join matching_linkversion l on l.record_id = s.record_id and l.recorded_to is null
join matching_decision d on d.id = l.decision_id and d.by is null
union
select u.record_id, v.extract_id, v.recorded_from
from unlinked u
join lateral (
    select extract_id, recorded_from from children_recordversion v
    where v.record_id = u.record_id and v.recorded_to is null order by recorded_from limit 1
) v on true
where u.to_child is null;

-- until their turn comes they are evidence for nobody, as if they had not arrived yet
update children_sourcerecord r set loose = true from rejudge j where j.record_id = r.id;
