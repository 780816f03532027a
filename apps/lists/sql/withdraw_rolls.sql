update lists_rollquestion q set closed_at = %(at)s, outcome = 'withdrawn'
from lists_returned r
where q.setting_id = r.setting_id and q.child_id = r.child_id and q.closed_at is null and r.roll = 'ours';
