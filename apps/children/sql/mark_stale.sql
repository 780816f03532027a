-- The touched children's ratings no longer rest on what is known.
insert into children_stale (child_id, since)
select child_id, %(at)s from touched
on conflict (child_id) do update set since = excluded.since;
