-- Functions with their owner's rights look at temporary tables last: unless it is named, that schema comes first, and a table
-- made there could stand in for the real one. The web makes none; the pipeline keeps its working tables there.
do $$
declare f regprocedure;
begin
    for f in select p.oid from pg_proc p
             where p.prosecdef and p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
               and not exists (select from unnest(p.proconfig) c where c like 'search_path=%, pg_temp') loop
        execute format('alter function %s set search_path = pg_catalog, public, pg_temp', f);
    end loop;
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant temporary on database %I to vcdb_pipeline', current_database());
end $$;
