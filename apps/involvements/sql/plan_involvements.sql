-- Involvements the extract opens, changes or ends, against what this feed last said of the same record.
insert into involvements_plannedfact
    (extract_id, record_id, kind, action, current_id, new_id, row_no, code, key, start_on, end_on, value, text, setting_ref,
     setting_id, worker_ref, worker_id, category, detail, end_inferred)
select %(extract)s, pr.record_id, 'I',
       case when i.id is null then 'open' when i.end_on is null and f.end_on is not null then 'end' else 'change' end,
       i.id, nextval('involvements_involvement_id_seq'), f.row_no, f.code, f.key, f.start_on, f.end_on, null, '', f.setting_ref,
       s.setting_id, f.worker_ref, w.id, f.category, f.detail, false
from (
    -- two rows with one key are one fact: the later row stands
    select distinct on (local_id, code, key) * from extracts_stagedfact
    where extract_id = %(extract)s and kind = 'I'
    order by local_id, code, key, row_no desc
) f
join children_plannedrecord pr on pr.extract_id = f.extract_id and pr.local_id = f.local_id
left join setting_of s on s.code = f.setting_ref
left join people_professional w on w.worker_id = f.worker_ref and f.worker_ref <> ''
left join involvements_involvement i on i.record_id = pr.record_id and i.feed_id = %(feed)s and i.service = f.code
    and i.key = f.key and i.recorded_to is null
left join involvements_involvementdetail d on d.involvement_id = i.id
where i.id is null
   or (i.start_on, i.end_on, i.setting_ref, i.end_inferred) is distinct from (f.start_on, f.end_on, f.setting_ref, false)
   or (d.worker_ref, d.category, d.detail) is distinct from (f.worker_ref, f.category, f.detail);
