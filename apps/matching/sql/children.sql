-- The children that unsettled records may be.
select distinct child_id from pair p where not exists (select from settled s where s.local_id = p.local_id)
