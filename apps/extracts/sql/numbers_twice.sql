-- Two children of one extract with the same number: at most one of them can be right, so both are named.
insert into extracts_finding (extract_id, module, row_no, local_id, row_hash, code, severity, field, message)
with said as (
    select r.module, r.row_no, r.local_id, r.hash, n.code, n.label, upper(replace(r.data ->> n.field, ' ', '')) as number
    from extracts_row r
    cross join jsonb_to_recordset(%(fields)s::jsonb) as n (field text, label text, code text)
    where r.extract_id = %(extract)s and r.local_id <> '' and length(r.data ->> n.field) > 5
),
shared as (
    select code, number from said group by code, number having min(local_id) <> max(local_id)
)
select distinct on (s.code, s.local_id)
       %(extract)s, s.module, s.row_no, s.local_id, s.hash, s.code, m.severity, s.label, m.message
from said s
join shared using (code, number)
join jsonb_to_recordset(%(rules)s::jsonb) as m (code text, severity text, message text) using (code)
order by s.code, s.local_id, s.module, s.row_no
