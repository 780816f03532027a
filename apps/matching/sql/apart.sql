-- Pairs of records that a person set apart, with the children they belong to now.
select a.record_id, a.other_id, one.child_id, other.child_id
from matching_apart a
join children_sourcerecord one on one.id = a.record_id
join children_sourcerecord other on other.id = a.other_id
where a.lifted_at is null
