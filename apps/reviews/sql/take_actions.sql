-- What triage decided that somebody does: contact the school, ask for information. Each decision of the last two weeks is taken once;
-- the agency is that through which the officer decides.
insert into reviews_action (child_id, decision_id, source, what, agency_id, team, owner, due_on, state, outcome, by, at)
select k.id, d.id, 'triage', case d.outcome when 'contact_school' then 'Contact the school' else 'Ask for information' end,
       held.agency_id, '', trim(u.first_name || ' ' || u.last_name),
       case d.outcome when 'contact_school' then %(tomorrow)s::date else %(later)s::date end, 'open', '', d.by, %(at)s
from triage_decision d
join triage_item i on i.id = d.item_id
join children_child k on k.id = vcdb_standing(i.child_id) and not k.withdrawn
join accounts_user u on u.id = d.by
join lateral (
    select m.agency_id from access_membership m where m.user_id = d.by and m.role = any(%(deciding)s) order by m.id limit 1
) held on true
where d.outcome in ('contact_school', 'ask') and d.undone_at is null and d.at >= %(since)s
  and not exists (select from reviews_action a where a.decision_id = d.id)
returning child_id
