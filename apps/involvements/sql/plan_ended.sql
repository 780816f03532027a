-- A full extract that no longer lists an open involvement ends it on its as-of date. A rejected row never ends anything.
insert into involvements_plannedfact
    (extract_id, record_id, kind, action, current_id, new_id, row_no, code, key, start_on, end_on, value, text, setting_ref,
     setting_id, worker_ref, worker_id, category, detail, end_inferred)
select %(extract)s, i.record_id, 'I', 'end', i.id, nextval('involvements_involvement_id_seq'), 0, i.service, i.key, i.start_on,
       %(as_of)s, null, '', i.setting_ref, i.setting_id, coalesce(d.worker_ref, ''), d.worker_id, coalesce(d.category, ''),
       coalesce(d.detail, '{}'), true
from children_plannedrecord pr
join involvements_involvement i on i.record_id = pr.record_id and i.feed_id = %(feed)s and i.recorded_to is null
    and i.end_on is null
left join involvements_involvementdetail d on d.involvement_id = i.id
left join extracts_stagedperson p on p.extract_id = pr.extract_id and p.local_id = pr.local_id
where pr.extract_id = %(extract)s
  and pr.action <> 'new'
  and not coalesce(p.kept, false)
  and not exists (
      select from extracts_stagedfact f
      where f.extract_id = pr.extract_id and f.local_id = pr.local_id and f.kind = 'I' and f.code = i.service and f.key = i.key
  );
