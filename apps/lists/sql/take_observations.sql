-- How the child attended in the week and how worried the setting is: another answer ends the one before.
drop table if exists pg_temp.lists_said;
create temp table lists_said on commit drop as
select r.record_id, r.setting_id, r.key, r.row_no, r.week, v.measure, v.text, v.detail
from lists_returned r
cross join lateral (values
    ('school_week', case r.attended when 'every' then 'Every day' when 'some' then 'Some days' when 'none' then 'Not at all' end, '{}'::jsonb),
    ('school_concern', case r.concern when 'none' then 'No concern' when 'some' then 'Some concern' when 'serious' then 'Serious concern' end,
     jsonb_build_object('words', r.words))
) v (measure, text, detail);
update involvements_observation o
set recorded_to = %(at)s
from lists_said s
where o.record_id = s.record_id and o.feed_id = %(feed)s and o.measure = s.measure and o.key = s.key and o.recorded_to is null
  and (s.text is null or (o.text, o.detail) is distinct from (s.text, s.detail));
insert into involvements_observation
    (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, measure, "on", until, value, text, detail)
select s.record_id, %(feed)s, s.setting_id, s.key, %(extract)s, s.row_no, %(at)s, s.measure, s.week, s.week + 6, null, s.text, s.detail
from lists_said s
where s.text is not null and not exists (
    select from involvements_observation o
    where o.record_id = s.record_id and o.feed_id = %(feed)s and o.measure = s.measure and o.key = s.key and o.recorded_to is null);
