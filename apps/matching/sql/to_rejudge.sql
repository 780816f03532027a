-- Extracts with records to judge again, in the order they were decided.
select extract_id from rejudge group by extract_id order by min(decided_at)
