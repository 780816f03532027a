-- How many questions wait by the feed whose file raised them: a figure, so that who reads it need not reach the children behind it.
create function vcdb_open_by_feed() returns table (feed_id bigint, waiting bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    if not exists (select 1 from vcdb_memberships(vcdb_user_id()) m where m.role in ('data_officer', 'leadership')) then
        raise exception 'This role sees no figures of the feeds' using errcode = 'insufficient_privilege';
    end if;
    return query
        select asked.feed::bigint, count(*)
        from (
            select e.feed_id as feed
            from matching_question q join extracts_extract e on e.id = q.extract_id
            where q.closed_at is null
            union all
            select v.feed_id
            from children_fieldquestion q join children_recordversion v on v.id = q.offered_version_id
            where q.closed_at is null
        ) asked
        group by asked.feed;
end $$;
revoke all on function vcdb_open_by_feed() from public;
grant execute on function vcdb_open_by_feed() to vcdb_web, vcdb_pipeline;
