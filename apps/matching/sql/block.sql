-- Whom each wanted record may be by words of its own.
create temp table pair on commit drop as
with hit as (
{hits_own}
)
select distinct h.local_id, r.child_id
from (select distinct local_id, record_id from hit order by record_id offset 0) h
join wanted w on w.local_id = h.local_id
-- a record that is put to the passes again is no evidence for itself; one whose link was undone is none for anybody
join children_sourcerecord r on r.id = h.record_id and r.id <> w.record_id and not r.loose;
analyze pair;
