insert into lists_weeklylist (id, setting_id, week, version, as_at, published_by, entry_count)
select n.list_id, n.setting_id, %(week)s, n.version, %(at)s, %(by)s,
       (select count(*) from lists_draft d where d.setting_id = n.setting_id)
from lists_new n;
