-- Whose band the result would move, before anything is kept.
insert into ragp_plannedmove (extract_id, child_id, from_band, to_band)
select %(plan)s, r.child_id, coalesce(a.band, 'none'), r.band
from ragp_result r
left join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
where r.band <> coalesce(a.band, 'none');
