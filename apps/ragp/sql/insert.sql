insert into ragp_assessment (id, child_id, scheme_id, as_of, band, points, contributions, holds_until, assessed_at, unrated)
select d.after_id, r.child_id, %(scheme)s, %(true_at)s, r.band, r.points, r.contributions, r.holds_until, %(at)s, r.unrated
from ragp_differing d
join ragp_result r on r.child_id = d.child_id;
