-- The versions the plan opens. Existence and content are different rows: they are shared by different agreements.
insert into involvements_involvement
    (id, record_id, feed_id, agency_id, service, key, start_on, end_on, end_inferred, setting_id, setting_ref, extract_id, row_no,
     recorded_from)
select new_id, record_id, %(feed)s, %(agency)s, code, key, start_on, end_on, end_inferred, setting_id, setting_ref, extract_id,
       row_no, %(at)s
from involvements_plannedfact where extract_id = %(extract)s and kind = 'I';

insert into involvements_involvementdetail (involvement_id, worker_id, worker_ref, category, detail)
select new_id, worker_id, worker_ref, category, detail
from involvements_plannedfact
where extract_id = %(extract)s and kind = 'I';

insert into involvements_sighting
    (id, record_id, feed_id, agency_id, key, seen_on, by, how, detail, extract_id, row_no, recorded_from)
select new_id, record_id, %(feed)s, %(agency)s, key, start_on, text, category, detail, extract_id, row_no, %(at)s
from involvements_plannedfact where extract_id = %(extract)s and kind = 'S';

insert into involvements_observation
    (id, record_id, feed_id, agency_id, measure, key, "on", until, value, text, detail, extract_id, row_no, recorded_from)
select new_id, record_id, %(feed)s, %(agency)s, code, key, start_on, end_on, value, text, detail, extract_id, row_no, %(at)s
from involvements_plannedfact where extract_id = %(extract)s and kind = 'O';

-- a code for a setting that nobody has explained yet is a question, asked once
insert into agencies_settingalias (scheme, code, first_seen_extract)
select distinct %(feed_code)s, setting_ref, extract_id
from involvements_plannedfact
where extract_id = %(extract)s and kind = 'I' and setting_ref <> '' and setting_id is null
on conflict (scheme, code) do nothing;
