-- Rows without a local id belong to no bundle: each is a finding by itself.
insert into extracts_finding (extract_id, module, row_no, local_id, row_hash, code, severity, field, message)
select %(extract)s, r.module, r.row_no, '', r.hash, m.code, m.severity, coalesce(%(labels)s::jsonb ->> split_part(r.module, ' ', 1), ''), m.message
from extracts_row r
join jsonb_to_recordset(%(rules)s::jsonb) as m (code text, severity text, message text)
  on m.code = coalesce(r.data ->> '!', 'ID_MISSING')
where r.extract_id = %(extract)s and r.local_id = ''
