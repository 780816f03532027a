-- The facts a feed gave go back to how they stood just before a moment: closed and recorded anew, never erased.
with closed as (
    update involvements_involvement set recorded_to = %(at)s
    where feed_id = %(feed)s and recorded_to is null and recorded_from >= %(before)s
    returning record_id
)
insert into restored select record_id from closed;

drop table if exists pg_temp.back;
create temp table back on commit drop as
select id as old_id, nextval('involvements_involvement_id_seq') as new_id
from involvements_involvement
where feed_id = %(feed)s and recorded_from < %(before)s and recorded_to >= %(before)s;

with opened as (
    insert into involvements_involvement
        (id, record_id, feed_id, agency_id, service, key, start_on, end_on, end_inferred, setting_id, setting_ref, extract_id, row_no,
         recorded_from)
    select b.new_id, i.record_id, i.feed_id, i.agency_id, i.service, i.key, i.start_on, i.end_on, i.end_inferred,
           -- a code that somebody has explained since keeps its answer
           coalesce(i.setting_id, a.setting_id), i.setting_ref, i.extract_id, i.row_no, %(at)s
    from back b
    join involvements_involvement i on i.id = b.old_id
    left join agencies_settingalias a on a.scheme = %(feed_code)s and a.code = i.setting_ref and i.setting_ref <> ''
    returning record_id
)
insert into restored select record_id from opened;

insert into involvements_involvementdetail (involvement_id, worker_id, worker_ref, category, detail)
select b.new_id, d.worker_id, d.worker_ref, d.category, d.detail
from back b
join involvements_involvementdetail d on d.involvement_id = b.old_id;

with closed as (
    update involvements_sighting set recorded_to = %(at)s
    where feed_id = %(feed)s and recorded_to is null and recorded_from >= %(before)s
    returning record_id
)
insert into restored select record_id from closed;

with opened as (
    insert into involvements_sighting
        (record_id, feed_id, agency_id, key, seen_on, by, how, detail, extract_id, row_no, recorded_from)
    select record_id, feed_id, agency_id, key, seen_on, by, how, detail, extract_id, row_no, %(at)s
    from involvements_sighting
    where feed_id = %(feed)s and recorded_from < %(before)s and recorded_to >= %(before)s
    returning record_id
)
insert into restored select record_id from opened;

with closed as (
    update involvements_observation set recorded_to = %(at)s
    where feed_id = %(feed)s and recorded_to is null and recorded_from >= %(before)s
    returning record_id
)
insert into restored select record_id from closed;

with opened as (
    insert into involvements_observation
        (record_id, feed_id, agency_id, measure, key, "on", until, value, text, detail, extract_id, row_no, recorded_from)
    select record_id, feed_id, agency_id, measure, key, "on", until, value, text, detail, extract_id, row_no, %(at)s
    from involvements_observation
    where feed_id = %(feed)s and recorded_from < %(before)s and recorded_to >= %(before)s
    returning record_id
)
insert into restored select record_id from opened;
analyze restored;
