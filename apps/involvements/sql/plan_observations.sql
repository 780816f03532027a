-- Measures the extract adds or corrects; one that a later file omits stays: it was measured.
insert into involvements_plannedfact
    (extract_id, record_id, kind, action, current_id, new_id, row_no, code, key, start_on, end_on, value, text, setting_ref,
     setting_id, worker_ref, worker_id, category, detail, end_inferred)
select %(extract)s, pr.record_id, 'O', case when o.id is null then 'open' else 'change' end, o.id,
       nextval('involvements_observation_id_seq'), f.row_no, f.code, f.key, f.start_on, f.end_on, f.value, f.text, '', null, '',
       null, f.category, f.detail, false
from (
    select distinct on (local_id, code, key) * from extracts_stagedfact
    where extract_id = %(extract)s and kind = 'O'
    order by local_id, code, key, row_no desc
) f
join children_plannedrecord pr on pr.extract_id = f.extract_id and pr.local_id = f.local_id
left join involvements_observation o on o.record_id = pr.record_id and o.feed_id = %(feed)s and o.measure = f.code
    and o.key = f.key and o.recorded_to is null
where o.id is null
   or (o."on", o.until, o.value, o.text, o.detail) is distinct from (f.start_on, f.end_on, f.value, f.text, f.detail);
