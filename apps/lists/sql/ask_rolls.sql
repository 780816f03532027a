-- A setting that says "not ours" or "left" asks the agency whose file puts the child on its roll; one question a child and setting.
insert into lists_rollquestion (setting_id, child_id, feed_id, says, left_on, opened_at, outcome, note)
select distinct on (r.setting_id, r.child_id) r.setting_id, r.child_id, i.feed_id, r.roll, r.left_on, %(at)s::timestamptz, '', ''
from lists_returned r
join involvements_involvement i on i.record_id = r.record_id and i.setting_id = r.setting_id and i.recorded_to is null
    and i.service = any(%(enrolments)s) and (i.end_on is null or i.end_on > %(at)s::date)
where r.roll in ('not_ours', 'left')
order by r.setting_id, r.child_id, i.start_on desc nulls last, i.id desc
on conflict (setting_id, child_id) where closed_at is null do update set says = excluded.says, left_on = excluded.left_on;
