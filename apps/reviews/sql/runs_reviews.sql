-- Whether the signed-in person runs case reviews (permission review.manage): they see every review of the children they reach.
create or replace function vcdb_runs_reviews() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin return exists (select 1 from vcdb_memberships(vcdb_user_id()) m where m.role = 'review_admin'); end $$;
revoke execute on function vcdb_runs_reviews() from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'vcdb_web') then
        grant execute on function vcdb_runs_reviews() to vcdb_web, vcdb_pipeline;
    end if;
end $$;
