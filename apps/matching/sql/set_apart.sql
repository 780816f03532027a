-- Every record of an old identity and every record of its new one, set apart; of one link or of all that are confirmed. A pair that a
-- person set apart already stands as it is.
insert into matching_apart (record_id, other_id, reason, by, at, sealed)
select least(f.id, p.id), greatest(f.id, p.id), '', s.confirmed_by, %(at)s, true
from matching_sealedlink s
join children_sourcerecord f on f.child_id = s.former_id
join children_sourcerecord p on p.child_id = s.present_id
where s.confirmed_by is not null and (%(link)s::bigint is null or s.id = %(link)s::bigint)
on conflict do nothing;
