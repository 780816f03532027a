-- Reach: whom a signed-in person reaches and what of them is shared. One place; every policy asks these functions.
-- plpgsql, so that tables of higher apps are looked up when asked, not when made. "_of" takes the user; the others take
-- the user from vcdb.user_id and raise when it is not set: an empty answer would read as "not known".
-- Run by the migration that the policies stand on, and again after every migration: what this file says is what holds.

create or replace function vcdb_today() returns date language sql stable as
$$ select (now() at time zone 'Europe/London')::date $$;

create or replace function vcdb_user_id() returns bigint language plpgsql stable set search_path = pg_catalog, public as $$
declare given text := current_setting('vcdb.user_id', true);
begin
    if given is null or given = '' then
        raise exception 'No reach is set: nobody is signed in on this connection' using errcode = 'insufficient_privilege';
    end if;
    return given::bigint;
end $$;

create or replace function vcdb_reach_is_set() returns boolean language plpgsql stable set search_path = pg_catalog, public as
$$ begin return vcdb_user_id() is not null; end $$;

-- Which roles reach a child for a reason: the same table as access/roles.py, and a test compares them.
create or replace function vcdb_roles(reason text) returns text[] language sql immutable as $$
    select case reason
        when 'agency' then array['practitioner', 'early_help', 'education_welfare', 'review_admin', 'data_officer', 'sealed_records']
        when 'roll' then array['school_dsl']
        when 'lead' then array['practitioner']
        when 'borough' then array['early_help', 'education_welfare', 'review_admin', 'data_officer']
        when 'named' then array['practitioner', 'early_help', 'education_welfare', 'review_admin', 'data_officer', 'school_dsl', 'sealed_records']
        else array[]::text[]
    end
$$;

create or replace function vcdb_memberships(uid bigint) returns table (agency_id integer, role text)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return query
        select m.agency_id::integer, m.role::text
        from access_membership m join accounts_user u on u.id = m.user_id and u.is_active
        where m.user_id = uid and m.valid_from <= vcdb_today() and coalesce(m.valid_until, 'infinity') >= vcdb_today();
end $$;

create or replace function vcdb_own_agencies_of(uid bigint) returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return coalesce((
        select array_agg(distinct m.agency_id) from vcdb_memberships(uid) m
        where m.role = any(vcdb_roles('agency') || vcdb_roles('roll'))), '{}');
end $$;

create or replace function vcdb_borough_of(uid bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return exists (select 1 from vcdb_memberships(uid) m where m.role = any(vcdb_roles('borough')));
end $$;

-- Children opened by name: a grant on the child, or on one that was made one with it since, or the lead of a current involvement.
create or replace function vcdb_opened_of(uid bigint) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare roles text[] := array(select m.role from vcdb_memberships(uid) m);
begin
    return array(
        select coalesce(vcdb_standing(p.object_pk::bigint), p.object_pk::bigint)
        from guardian_userobjectpermission p
        join auth_permission a on a.id = p.permission_id and a.codename = 'view_child'
        join django_content_type t on t.id = p.content_type_id and t.app_label = 'children' and t.model = 'child'
        where p.user_id = uid and roles && vcdb_roles('named')
        union
        select r.child_id
        from people_professional w
        join involvements_involvementdetail d on d.worker_id = w.id
        join involvements_involvement i on i.id = d.involvement_id and i.recorded_to is null
            and coalesce(i.end_on, 'infinity') >= vcdb_today() and coalesce(i.start_on, '-infinity') <= vcdb_today()
        join children_sourcerecord r on r.id = i.record_id
        where w.user_id = uid and coalesce(w.left_on, 'infinity') >= vcdb_today() and roles && vcdb_roles('lead'));
end $$;

-- What agreements in force today give one agency; content implies existence.
create or replace function vcdb_agreements(agency integer) returns table (provider_id integer, service text, level text, shows_rating boolean)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return query
        select s.provider_id::integer, shown.code::text, s.level::text, s.shows_rating
        from agencies_sharingagreement s
        join agencies_agency a on s.recipient_id = a.id or s.recipient_kind = a.kind
        join agencies_agency asks on asks.id = agency
            -- who answers for children of no setting is of the education service
            and (a.id = asks.id or a.code = 'education' and asks.code like 'of-no-setting-%')
        cross join unnest(s.services) as shown (code)
        where s.valid_from <= vcdb_today() and coalesce(s.valid_until, 'infinity') >= vcdb_today();
end $$;

-- "agency:service" for each service shared at this level with any of the person's agencies; "agency:*" for all of one.
create or replace function vcdb_shared_of(uid bigint, wanted text) returns text[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return array(
        select distinct g.provider_id || ':' || g.service
        from unnest(vcdb_own_agencies_of(uid)) own cross join vcdb_agreements(own) g
        where g.level = 'content' or wanted = 'existence');
end $$;

create or replace function vcdb_sees_rating_of(uid bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return exists (
        select 1 from vcdb_memberships(uid) m
        where m.role = any(vcdb_roles('agency'))
           or m.role = any(vcdb_roles('roll')) and exists (select 1 from vcdb_agreements(m.agency_id) g where g.shows_rating));
end $$;

create or replace function vcdb_borough() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public as
$$ begin return vcdb_borough_of(vcdb_user_id()); end $$;
-- A system that asks with a token is nobody: it has no role and no names given to it. While its question is answered it reaches what its
-- agency does, and is told what that agency's agreements share.
create or replace function vcdb_asking_agency() returns integer language plpgsql stable set search_path = pg_catalog, public as $$
begin
    return case when vcdb_user_id() = 0 then nullif(current_setting('vcdb.asking_agency', true), '')::integer end;
end $$;
create or replace function vcdb_own_agencies() returns integer[] language plpgsql stable security definer set search_path = pg_catalog, public as
$$
declare asking integer := vcdb_asking_agency();
begin
    return case when asking is null then vcdb_own_agencies_of(vcdb_user_id()) else array[asking] end;
end $$;
create or replace function vcdb_reach() returns integer[] language plpgsql stable security definer set search_path = pg_catalog, public as
$$ begin return vcdb_own_agencies(); end $$;
create or replace function vcdb_opened() returns bigint[] language plpgsql stable security definer set search_path = pg_catalog, public as
$$ begin return vcdb_opened_of(vcdb_user_id()); end $$;
create or replace function vcdb_shared(wanted text) returns text[] language plpgsql stable security definer set search_path = pg_catalog, public as
$$
declare asking integer := vcdb_asking_agency();
begin
    if asking is null then
        return vcdb_shared_of(vcdb_user_id(), wanted);
    end if;
    return array(
        select distinct g.provider_id || ':' || g.service from vcdb_agreements(asking) g
        where g.level = 'content' or wanted = 'existence');
end $$;
create or replace function vcdb_sees_rating() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public as
$$ begin return vcdb_sees_rating_of(vcdb_user_id()); end $$;

-- Sealed links: those that name the person, and whether the person keeps them (proposes and confirms). See permissions sealed.*.
create or replace function vcdb_sealed_links() returns bigint[] language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare who bigint := vcdb_user_id();
begin
    return array(
        select p.object_pk::bigint
        from guardian_userobjectpermission p
        join auth_permission a on a.id = p.permission_id and a.codename = 'view_sealedlink'
        join django_content_type t on t.id = p.content_type_id and t.app_label = 'matching' and t.model = 'sealedlink'
        where p.user_id = who
          and exists (select 1 from vcdb_memberships(who) m where m.role in ('practitioner', 'sealed_records')));
end $$;
create or replace function vcdb_keeps_sealed() returns boolean language plpgsql stable security definer set search_path = pg_catalog, public as
$$ begin return exists (select 1 from vcdb_memberships(vcdb_user_id()) m where m.role = 'sealed_records'); end $$;

-- Whose weekly lists the signed-in person opens: a setting's with a role on its roll, once its own administrator has verified them this
-- term; a team's that answers for children of no setting, with the role there.
create or replace function vcdb_list_settings() returns integer[] language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare who bigint := vcdb_user_id();
begin
    return array(
        select distinct m.agency_id from vcdb_memberships(who) m
        where m.role = 'education_welfare' or m.role = any(vcdb_roles('roll')) and exists (
            select 1 from lists_verification v
            where v.setting_id = m.agency_id and v.user_id = who and v.ended_at is null and v.until >= vcdb_today()));
end $$;

-- What some weekly lists tell that no agreement in force shares with their setting any more, or no longer in such detail.
create or replace function vcdb_lists_unshared(lists bigint[]) returns table (list_id bigint, provider_id bigint, service text, level text)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return query
        with told as materialized (
            select l.id, l.setting_id, b.provider_id as of_whom, b.service::text as what, b.level::text as how
            from lists_weeklylist l join lists_basis b on b.list_id = l.id
            where l.id = any(lists)
        ),
        held as materialized (
            select t.setting_id, g.*
            from (select distinct t.setting_id from told t) t cross join lateral vcdb_agreements(t.setting_id::integer) g
        )
        select t.id, t.of_whom, t.what, t.how
        from told t
        where not exists (
            select from held h
            where h.setting_id = t.setting_id
              and case t.how when 'rating' then h.shows_rating
                  else h.provider_id = t.of_whom and h.service in ('*', t.what) and (h.level = 'content' or t.how = 'existence') end);
end $$;

-- Lists of the signed-in person's settings that are closed while no agreement shares what they tell.
create or replace function vcdb_lists_closed() returns bigint[] language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return array(
        select distinct u.list_id
        from vcdb_lists_unshared(array(
            select l.id from lists_weeklylist l where l.setting_id = any(vcdb_list_settings()) and l.state = 'released')) u);
end $$;

-- Agencies that share anything at this level with the person's agencies.
create or replace function vcdb_providers(wanted text) returns integer[] language plpgsql stable security definer set search_path = pg_catalog, public as
$$ begin return array(select distinct split_part(s, ':', 1)::integer from unnest(vcdb_shared(wanted)) s); end $$;

-- Service codes seen at this level from anybody ("*" where some agency shares all): for pages, never for a policy.
create or replace function vcdb_services(level text) returns text[] language plpgsql stable security definer set search_path = pg_catalog, public as
$$ begin return array(select distinct split_part(s, ':', 2) from unnest(vcdb_shared(level)) s); end $$;

create or replace function vcdb_is_shared(agency bigint, service text, shared text[]) returns boolean language sql immutable as
$$ select array[agency || ':' || service, agency || ':*'] && shared $$;

create or replace function vcdb_is_enrolment(service text) returns boolean language sql immutable as
$$ select service in ('school_roll', 'early_years_roll') $$;

-- The service whose sharing decides who may see a measure: the same as involvements/catalogue.py, and a test compares them.
create or replace function vcdb_service_of_measure(measure text) returns text language sql immutable as $$
    select case measure
        when 'attendance' then 'school_roll'
        when 'suspension' then 'exclusion'
        when 'permanent_exclusion' then 'exclusion'
        when 'clinical_status' then 'community_health'
        when 'neet_risk_score' then 'neet_risk'
        when 'placement' then 'looked_after'
        when 'sdq' then 'looked_after'
        when 'disability' then 'child_in_need'
        when 'sen_need' then 'sen_support'
        when 'free_school_meals' then 'school_roll'
        when 'education_status' then 'school_roll'
        when 'school_week' then 'school_roll'
        when 'school_concern' then 'school_roll'
        when 'school_risk' then 'school_roll'
        when 'school_expected' then 'school_roll'
        when 'school_contact' then 'school_roll'
    end
$$;

-- The pipeline works on everything; new tables are its own too, but the audit record is append-only for everybody.
grant usage on schema public to vcdb_web, vcdb_pipeline;
grant select, insert, update, delete, maintain on all tables in schema public to vcdb_pipeline;
grant usage, select, update on all sequences in schema public to vcdb_pipeline;
alter default privileges in schema public grant select, insert, update, delete, maintain on tables to vcdb_pipeline;
alter default privileges in schema public grant usage, select, update on sequences to vcdb_pipeline;
revoke update, delete on audit_event, audit_seal from vcdb_pipeline;
