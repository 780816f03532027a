insert into lists_weeklylist
    (id, setting_id, week, version, as_at, state, drafted_by, compared_id, correction, recall_reason,
     entry_count, known_count, joined_count, left_count, changed_count)
select n.list_id, n.setting_id, %(week)s, n.version, %(at)s, 'drafted', %(by)s, n.before_id, '{}', '',
       (select count(*) from lists_draft d where d.setting_id = n.setting_id), 0, 0, 0, 0
from lists_new n;
