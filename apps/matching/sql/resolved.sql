-- How many questions of earlier files resolved by themselves: their record found its child in the course of this commit.
select count(distinct q.id)
from children_plannedrecord a
join matching_question q on q.record_id = a.record_id and q.closed_at is not null and q.answered_by is null
where a.extract_id = %(extract)s and a.action = 'again' and a.match = 'linked' and q.extract_id <> a.extract_id
  and q.closed_at = %(at)s;
