-- The rows of every bundle that has to be read again, one bundle after the other.
select r.local_id, b.bundle_hash::text, r.module, r.row_no, r.hash::text, r.data::text
from extracts_row_{extract} r
join extracts_bundle b on b.local_id = r.local_id and b.extract_id = {extract} and b.changed
order by r.local_id
