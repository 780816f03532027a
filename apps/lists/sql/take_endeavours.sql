-- Each is an observation of its own: the newest is what stands, the others say what was before. Taken back, it is known no longer.
update involvements_observation o
set recorded_to = %(at)s
from lists_endeavoured e
where e.withdrawn and o.feed_id = %(feed)s and o.measure = e.measure and o.key = e.key and o.recorded_to is null;
insert into involvements_observation
    (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, measure, "on", until, value, text, detail)
select e.record_id, %(feed)s, e.setting_id, e.key, %(extract)s, e.row_no, %(at)s, e.measure, e.on, null, null, e.said, e.detail
from lists_endeavoured e
where not e.withdrawn and not exists (
    select from involvements_observation o
    where o.feed_id = %(feed)s and o.measure = e.measure and o.key = e.key and o.recorded_to is null);
