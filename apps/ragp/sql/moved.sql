-- How many bands the result would move, before anything is kept.
select count(*)
from ragp_result r
left join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
where r.band <> coalesce(a.band, 'none');
