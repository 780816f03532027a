-- Records that must not come to one child: those of an old identity and of its new one, of the children concerned, pair by pair. Also such as
-- were set apart for a sealed link and have gone to other children since, and such as have come to either today.
select least(f.id, p.id), greatest(f.id, p.id)
from matching_sealedlink s
join children_sourcerecord f on f.child_id = vcdb_standing(s.former_id)
join children_sourcerecord p on p.child_id = vcdb_standing(s.present_id)
where s.confirmed_by is not null and f.child_id <> p.child_id
  and (f.child_id = any(%(children)s::bigint[]) or p.child_id = any(%(children)s::bigint[]))
union
select x.record_id, x.other_id
from matching_apart x
join children_sourcerecord f on f.id = x.record_id
join children_sourcerecord p on p.id = x.other_id
where x.sealed and x.lifted_at is null and f.child_id <> p.child_id
  and (f.child_id = any(%(children)s::bigint[]) or p.child_id = any(%(children)s::bigint[]))
