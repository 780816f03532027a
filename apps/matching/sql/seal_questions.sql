-- Whether the two identities of a link are one child is no question any more: it would show the one beside the other to whoever answers.
drop table if exists pg_temp.sealed_question;

create temp table sealed_question on commit drop as
select k.id as candidate_id, q.id as question_id, q.child_id
from matching_sealedlink s
join matching_question q on q.closed_at is null and q.child_id in (vcdb_standing(s.former_id), vcdb_standing(s.present_id))
join matching_candidate k on k.question_id = q.id
    and vcdb_standing(k.child_id) in (vcdb_standing(s.former_id), vcdb_standing(s.present_id)) and vcdb_standing(k.child_id) <> q.child_id
where s.id = %(link)s;

delete from matching_candidate where id in (select candidate_id from sealed_question);

-- nobody else it may be: the keepers have answered it
update matching_question q
set closed_at = %(at)s, answer = 'different', answered_by = %(by)s, claimed_by = null, claimed_at = null
where q.id in (select question_id from sealed_question) and q.closed_at is null
  and not exists (select from matching_candidate k where k.question_id = q.id and k.ruled_out_id is null);

update children_child c set provisional = false, provisional_because = ''
where c.id in (select child_id from sealed_question) and c.provisional_because = 'question'
  and not exists (select from matching_question q where q.child_id = c.id and q.closed_at is null);
