-- How many of the ratings just worked out are not what is kept.
select count(*)
from ragp_result r
join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
where (a.band, a.points, a.contributions) is distinct from (r.band, r.points, r.contributions)
