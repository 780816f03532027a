insert into lists_weeklylist
    (id, setting_id, week, version, as_at, state, drafted_by, compared_id, correction, recall_reason,
     entry_count, known_count, joined_count, left_count, changed_count)
select n.list_id, n.setting_id, %(week)s, n.version, %(at)s, 'drafted', %(by)s, n.before_id, '{}', '',
       coalesce(d.number, 0), 0, 0, 0, 0
from lists_new n
left join (select setting_id, count(*) as number from lists_draft group by setting_id) d on d.setting_id = n.setting_id;
