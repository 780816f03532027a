-- Extracts with records to judge again, in the order they were committed.
select j.extract_id
from rejudge j
join extracts_extract e on e.id = j.extract_id
group by j.extract_id, e.committed_at
order by e.committed_at
