-- Whom a scheme would move from the band they stand in.
insert into ragp_whatifmove (what_if_id, child_id, from_band, to_band, contributions)
select %(what_if)s, r.child_id, coalesce(a.band, 'none'), r.band, r.contributions
from ragp_result r
left join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
where r.band <> coalesce(a.band, 'none');
