-- Notes a look and answers with the visit before it; looking again within the hour goes on with the same visit.
insert into profiles_lastlook as l (user_id, child_id, at)
values (%(user)s, %(child)s, clock_timestamp())
on conflict (user_id, child_id) do update
set before = case when l.at < clock_timestamp() - interval '1 hour' then l.at else l.before end, at = clock_timestamp()
returning before
