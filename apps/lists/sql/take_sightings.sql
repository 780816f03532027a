-- One sighting a child a week from its setting: another day or another person ends the one before.
update involvements_sighting g
set recorded_to = %(at)s
from lists_returned r
where g.record_id = r.record_id and g.feed_id = %(feed)s and g.key = r.key and g.recorded_to is null
  and (g.seen_on, g.by) is distinct from (r.seen_on, r.seen_by);
insert into involvements_sighting (record_id, feed_id, agency_id, key, extract_id, row_no, recorded_from, seen_on, by, how, detail)
select r.record_id, %(feed)s, r.setting_id, r.key, %(extract)s, r.row_no, %(at)s, r.seen_on, r.seen_by, 'At the setting', '{}'
from lists_returned r
where r.seen_on is not null and not exists (
    select from involvements_sighting g
    where g.record_id = r.record_id and g.feed_id = %(feed)s and g.key = r.key and g.recorded_to is null);
