-- The figures of the queue by setting, of the children the signed-in person reaches. Counting under the policies of three tables asks
-- about each row three times; this asks once, by the very conditions of the policies on items and children, and answers with numbers alone.
-- Settings are named after counting: the register is looked at once a setting, not once a child. In no order: by name takes as long as counting.
create or replace function vcdb_queue(at timestamptz, day_ends timestamptz)
returns table (setting_id bigint, setting text, hidden boolean, waiting bigint, over bigint, due_today bigint, artefacts bigint,
               oldest timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    perform vcdb_user_id();
    return query
    select g.setting_id, s.name::text, g.address_hidden, g.waiting, g.over, g.due_today, g.artefacts, g.oldest
    from (
        select c.setting_id, c.address_hidden, count(*) as waiting, count(*) filter (where i.due_at < at) as over,
               count(*) filter (where i.due_at >= at and i.due_at < day_ends) as due_today,
               count(*) filter (where i.nature = 'artefact') as artefacts, min(i.opened_at) as oldest
        from triage_item i
        join children_child c on c.id = i.child_id
        where i.state = 'open' and (select vcdb_sees_rating())
          and ((select vcdb_borough()) and not c.restricted or c.reach && (select vcdb_reach())
               or c.id = any((select vcdb_opened())::bigint[]))
        group by c.setting_id, c.address_hidden
    ) g
    left join agencies_agency s on s.id = g.setting_id;
end $$;
revoke execute on function vcdb_queue(timestamptz, timestamptz) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'vcdb_web') then
        grant execute on function vcdb_queue(timestamptz, timestamptz) to vcdb_web, vcdb_pipeline;
    end if;
end $$;
