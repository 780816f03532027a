-- Whose rating or reasons differ from the standing assessment; a child never rated who has nothing to rate is left alone.
insert into ragp_differing (child_id, before_id, after_id, from_band)
select r.child_id, a.id, nextval('ragp_assessment_id_seq'), coalesce(a.band, 'none')
from ragp_result r
left join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
where case when a.id is null then r.band <> 'none' or r.holds_until is not null
           else (a.scheme_id, a.band, a.points, a.contributions) is distinct from (%(scheme)s, r.band, r.points, r.contributions) end;
