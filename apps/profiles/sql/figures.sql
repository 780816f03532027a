-- Figures for people who may see figures but no child. The functions count with the owner's rights and answer with numbers only;
-- each first asks whether the person's role may see them.

create function vcdb_may_see_figures() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return exists (
        select 1 from vcdb_memberships(vcdb_user_id()) m
        where m.role in ('leadership', 'information_governance', 'early_help', 'review_admin'));
end $$;

-- Children by band now and at an earlier moment, moves since then, and children open to each service.
create function vcdb_figures(since timestamptz) returns table (part text, first text, second text, now_count bigint, before_count bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    if not vcdb_may_see_figures() then
        raise exception 'This role sees no figures' using errcode = 'insufficient_privilege';
    end if;
    return query
        select 'band', a.band::text, '', count(*) filter (where a.superseded_at is null),
               count(*) filter (where a.assessed_at <= since and (a.superseded_at is null or a.superseded_at > since))
        from ragp_assessment a
        join children_child c on c.id = a.child_id and c.merged_into_id is null and not c.withdrawn and c.died_on is null and c.left_area_on is null
        where a.superseded_at is null or a.superseded_at > since
        group by a.band
        union all
        select 'move', x.from_band::text, x.to_band::text, count(*), 0::bigint
        from ragp_change x where x.at > since and x.nature = 'real'
        group by x.from_band, x.to_band
        union all
        select 'service', i.service::text, '',
               count(distinct r.child_id) filter (where i.recorded_to is null and (i.end_on is null or i.end_on > vcdb_today())),
               count(distinct r.child_id) filter (
                   where i.recorded_from <= since and (i.recorded_to is null or i.recorded_to > since)
                     and (i.end_on is null or i.end_on > since::date))
        from involvements_involvement i
        join children_sourcerecord r on r.id = i.record_id
        where (i.recorded_to is null or i.recorded_to > since) and not vcdb_is_enrolment(i.service)
        group by i.service;
end $$;

-- Up to when the audit record is sealed, and how many older events are not.
create function vcdb_sealed() returns table (sealed_at timestamptz, waiting bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    if not exists (select 1 from vcdb_memberships(vcdb_user_id()) m where m.role = 'information_governance') then
        raise exception 'This role sees no audit' using errcode = 'insufficient_privilege';
    end if;
    return query
        select max(s.sealed_at), (select count(*) from audit_event e where e.at > coalesce(max(s.sealed_at), '-infinity')) from audit_seal s;
end $$;
