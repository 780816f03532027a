-- Takes an act back: every record whose current link is still the act's goes back to the child, and to the decision, it had before.
-- ``affected`` and ``rejudge`` are what an undone extract leaves too: children to work out anew, records to put to the passes again.
drop table if exists pg_temp.affected, pg_temp.rejudge, pg_temp.back;

create temp table back on commit drop as
select m.id, m.record_id, m.from_child_id, m.to_child_id, m.link_id, b.decision_id,
       -- the file that made the link before has been undone since: the record is as if it had never come
       coalesce(e.state = 'undone' and not exists (
           select from children_recordversion v where v.record_id = m.record_id and v.recorded_to is null), false) as gone
from matching_actrecord m
join matching_linkversion l on l.id = m.link_id and l.recorded_to is null
join matching_linkversion b on b.id = m.before_id
join matching_decision d on d.id = b.decision_id
left join extracts_extract e on e.id = d.extract_id and d.by is null
where m.act_id = %(act)s;

update matching_actrecord m set kept = true
where m.act_id = %(act)s and not exists (select from back where back.id = m.id);

update matching_linkversion l set recorded_to = %(at)s from back where l.id = back.link_id;

insert into matching_linkversion (record_id, child_id, decision_id, recorded_from)
select record_id, from_child_id, decision_id, %(at)s from back where not gone;

update children_sourcerecord r set child_id = back.from_child_id, loose = back.gone from back where r.id = back.record_id;

update children_child c set merged_into_id = null
from back
where c.id = back.from_child_id and back.from_child_id <> back.to_child_id and c.merged_into_id is not null;

update matching_apart set lifted_at = %(at)s, lifted_by = %(by)s where act_id = %(act)s and lifted_at is null;

update matching_apart x set lifted_at = null, lifted_by = null, lifted_act_id = null
where x.lifted_act_id = %(act)s
  and not exists (select from matching_apart s where s.record_id = x.record_id and s.other_id = x.other_id and s.lifted_at is null);

update matching_candidate set ruled_out_id = null where ruled_out_id = %(act)s;

-- a question the act closed is open again, unless the record it is about has gone, or was placed by somebody since
update matching_question q set closed_at = null, answer = '', answered_by = null, act_id = null, claimed_by = null, claimed_at = null
where q.act_id = %(act)s
  and not exists (select from matching_actrecord m where m.act_id = %(act)s and m.record_id = q.record_id and m.kept)
  and not exists (select from back where back.record_id = q.record_id and back.gone);

create temp table affected on commit drop as
select from_child_id as child_id from back union select to_child_id from back;

create temp table rejudge on commit drop as
with recursive since as (
    select d.record_id, max(d.at) as decided_at, (array_agg(d.extract_id order by d.at desc))[1] as extract_id
    from matching_decision d
    where d.at > %(done)s and d.by is null and d.extract_id is not null
    group by d.record_id
), moved as (
    select v.* from back join children_recordversion v on v.record_id = back.record_id and v.recorded_to is null
), placed as (
    select a.* from back join children_recordaddress a on a.record_id = back.record_id and a.recorded_to is null
), shaken as (
    select s.record_id from since s
    join children_sourcerecord r on r.id = s.record_id
    where r.child_id in (select child_id from affected)
    union
    select s.record_id from since s
    join matching_question q on q.record_id = s.record_id and q.closed_at is null
    join matching_candidate c on c.question_id = q.id
    where c.child_id in (select child_id from affected)
    union
    select s.record_id from since s
    join children_recordversion v on v.record_id = s.record_id and v.recorded_to is null
    join moved m on v.dob = m.dob and v.surname_key = m.surname_key
        or v.surname_key = m.surname_key and v.forename_key = m.forename_key
        or v.nhs_number <> '' and v.nhs_number = m.nhs_number
        or v.upn <> '' and v.upn in (m.upn, m.former_upn)
        or v.former_upn <> '' and v.former_upn = m.upn
    union
    select s.record_id from since s
    join children_recordaddress a on a.record_id = s.record_id and a.recorded_to is null
    join placed p on a.postcode_key <> '' and a.postcode_key = p.postcode_key
        or a.address_key <> '' and a.address_key = p.address_key
), beside as (
    select s.record_id, r.child_id from since s join children_sourcerecord r on r.id = s.record_id
    union
    select s.record_id, c.child_id
    from since s
    join matching_question q on q.record_id = s.record_id and q.closed_at is null
    join matching_candidate c on c.question_id = q.id
), suspects as (
    select record_id from shaken
    union
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
join extracts_extract e on e.id = s.extract_id and e.state = 'committed'
union
-- a record without a name that has got one since would have been matched then
select back.record_id, v.extract_id, v.recorded_from
from back
join children_child c on c.id = back.from_child_id and c.provisional_because = 'nameless'
join lateral (
    select n.extract_id, n.recorded_from from children_recordversion n
    where n.record_id = back.record_id and n.recorded_from > %(done)s and n.surname_key <> '' and n.forename_key <> ''
      and n.dob is not null
    order by n.recorded_from limit 1
) v on true
where not back.gone
  and not exists (select from since s where s.record_id = back.record_id);

insert into affected select r.child_id from rejudge j join children_sourcerecord r on r.id = j.record_id;

update children_sourcerecord r set loose = true from rejudge j where j.record_id = r.id;
