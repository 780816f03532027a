-- Where the unsettled records of a file live.
select distinct a.address_key, a.postcode_key
from wanted w
join extracts_stagedperson a on a.extract_id = %(extract)s and a.local_id = w.local_id
where exists (select from pair p where p.local_id = w.local_id)
  and not exists (select from settled s where s.local_id = w.local_id)
