-- Sightings the extract adds or corrects; one that a later file omits stays: it happened.
insert into involvements_plannedfact
    (extract_id, record_id, kind, action, current_id, new_id, row_no, code, key, start_on, end_on, value, text, setting_ref,
     setting_id, worker_ref, worker_id, category, detail, end_inferred)
select %(extract)s, pr.record_id, 'S', case when s.id is null then 'open' else 'change' end, s.id,
       nextval('involvements_sighting_id_seq'), f.row_no, f.code, f.key, f.start_on, null, null, f.text, '', null, '', null,
       f.category, f.detail, false
from (
    select distinct on (local_id, key) * from extracts_stagedfact
    where extract_id = %(extract)s and kind = 'S' and start_on is not null
    order by local_id, key, row_no desc
) f
join children_plannedrecord pr on pr.extract_id = f.extract_id and pr.local_id = f.local_id
left join involvements_sighting s on s.record_id = pr.record_id and s.feed_id = %(feed)s and s.key = f.key
    and s.recorded_to is null
where s.id is null or (s.seen_on, s.by, s.how, s.detail) is distinct from (f.start_on, f.text, f.category, f.detail);
