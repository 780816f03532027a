-- Gives every child that has none a pseudonym: the keyed hash (HMAC-SHA-256) of its public id. The key is not in the database; it comes as
-- the two blocks that the hash begins with, so that it stands in no statement either.
insert into reports_pseudonym (child_id, pseudonym, key_mark)
select c.id, encode(sha256(%(outer)s::bytea || sha256(%(inner)s::bytea || convert_to(c.public_id::text, 'UTF8'))), 'hex'), %(mark)s
from children_child c
where not exists (select from reports_pseudonym p where p.child_id = c.id and p.key_mark = %(mark)s)
on conflict (child_id) do update set pseudonym = excluded.pseudonym, key_mark = excluded.key_mark
