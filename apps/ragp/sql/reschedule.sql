-- The same rating for the same reasons, but another day on which to look again.
update ragp_assessment a
set holds_until = r.holds_until
from ragp_result r
where a.child_id = r.child_id and a.superseded_at is null and a.holds_until is distinct from r.holds_until
  and not exists (select from ragp_differing d where d.child_id = r.child_id);
