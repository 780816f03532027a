-- Takes an act back: every record whose current link is still the act's goes back to the child, and to the decision, it had before.
-- All that was linked and asked without a person since the act has gone back before it: see restore_links.sql, which leaves ``affected``.
drop table if exists pg_temp.back;

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

insert into affected
select from_child_id from back union select to_child_id from back;
