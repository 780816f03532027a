-- How much waits with each officer, and with nobody, of the children the signed-in person reaches: numbers alone. It has its caller's
-- rights: the policies hold in a request, and the conditions, which are theirs, for a worker that counts on somebody's behalf.
create or replace function vcdb_workload(at timestamptz, day_ends timestamptz)
returns table (officer bigint, waiting bigint, over bigint, due_today bigint, escalated bigint)
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    perform vcdb_user_id();
    return query
    select i.assigned_to, count(*), count(*) filter (where i.due_at < at),
           count(*) filter (where i.due_at >= at and i.due_at < day_ends), count(*) filter (where i.escalated_at is not null)
    from triage_item i
    join children_child c on c.id = i.child_id
    where i.state = 'open' and (select vcdb_sees_rating())
      and ((select vcdb_borough()) and not c.restricted or c.reach && (select vcdb_reach())
           or c.id = any((select vcdb_opened())::bigint[]))
    group by i.assigned_to;
end $$;
revoke execute on function vcdb_workload(timestamptz, timestamptz) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'vcdb_web') then
        grant execute on function vcdb_workload(timestamptz, timestamptz) to vcdb_web, vcdb_pipeline;
    end if;
end $$;
