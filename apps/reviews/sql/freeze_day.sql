-- The log of a day: what was open at its end, and what ended on it.
insert into reviews_logline (log_id, action_id, what, agency_id, team, owner, due_on, state, outcome)
select %(log)s, a.id, a.what, a.agency_id, a.team, a.owner, a.due_on, a.state, a.outcome
from reviews_action a
where a.state = 'open' or a.ended_at >= %(begins)s
