-- What was wrong with a bundle that has not changed is still wrong: its findings come along, with the row numbers of the new file.
insert into extracts_finding (extract_id, module, row_no, local_id, row_hash, code, severity, field, message)
select distinct on (f.id) %(extract)s, r.module, r.row_no, f.local_id, f.row_hash, f.code, f.severity, f.field, f.message
from extracts_finding f
join extracts_bundle b on b.extract_id = %(extract)s and b.local_id = f.local_id and not b.changed
join extracts_row r on r.extract_id = %(extract)s and r.local_id = f.local_id and r.hash = f.row_hash
where f.code <> all (%(across)s) and f.extract_id = (
    select e.id from extracts_extract e
    where e.feed_id = %(feed)s and e.state = 'committed' and e.id <> %(extract)s
    order by e.committed_at desc limit 1
)
order by f.id, r.row_no
