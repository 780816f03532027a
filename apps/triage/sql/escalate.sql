-- Whose clock has run out while nobody decided: supervisors are told, once.
update triage_item set escalated_at = %(at)s
where state = 'open' and escalated_at is null and due_at < %(at)s;
