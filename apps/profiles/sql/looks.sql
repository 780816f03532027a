-- Who looked at what since a moment, by kind of event: user ids, names of systems and numbers, no child. Of what an event is about only the
-- word before the colon ("pack" of "pack:12") is told.
create or replace function vcdb_looks_by_kind(since timestamptz, kinds text[])
returns table (who bigint, label text, kind text, about text, refused boolean, looks bigint, children bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    if not exists (select 1 from vcdb_memberships(vcdb_user_id()) m where m.role = 'information_governance') then
        raise exception 'This role sees no audit' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.by, e.by_label::text, e.kind::text, split_part(e.subject, ':', 1), coalesce(e.detail ->> 'refused', '') = 'true', count(*),
               sum(cardinality(e.children))::bigint
        from audit_event e
        where e.at > since and e.kind = any(kinds)
        group by 1, 2, 3, 4, 5;
end $$;
revoke execute on function vcdb_looks_by_kind(timestamptz, text[]) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'vcdb_web') then
        grant execute on function vcdb_looks_by_kind(timestamptz, text[]) to vcdb_web, vcdb_pipeline;
    end if;
end $$;
