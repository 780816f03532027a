-- The roll no longer says what the setting denied: the source has put it right.
update lists_rollquestion q set closed_at = %(at)s, outcome = 'corrected'
where q.closed_at is null and not exists (
    select from lists_roll r where r.setting_id = q.setting_id and r.child_id = vcdb_standing(q.child_id));
