-- Of each list of these, how much its own figures count beyond the lines that a reader of the whole borough is shown: children whom
-- the reader does not reach or whose place is a secret, and those who have died or left the area since. The rules are those of the policies
-- of lines (0007_release_rls) and of children (0002_rls); a test compares. Looked at from these few children, not from every line of a week:
-- counting the lines themselves would ask row-level security about every child of the borough.
create or replace function vcdb_unseen(lists bigint[])
returns table (list_id bigint, entries integer, known integer, joined integer, changed integer, departed integer)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
    own integer[] := vcdb_own_agencies();
    opened bigint[] := vcdb_opened();
begin
    if not vcdb_borough() then
        return; -- anybody else sees no list but their own, and counts its lines
    end if;
    return query
    with asked as (
        select l.id, l.setting_id = any(own) as ours from lists_weeklylist l where l.id = any(lists)
    ),
    marked as materialized (
        select c.id, c.merged_into_id, not c.restricted or c.reach && own or c.id = any(opened) as reached,
               not c.address_hidden or c.id = any(opened) as placed,
               coalesce(c.died_on <= vcdb_today() or c.left_area_on <= vcdb_today(), false) as gone
        from children_child c
        where c.restricted or c.address_hidden or c.died_on <= vcdb_today() or c.left_area_on <= vcdb_today()
    ),
    stands as ( -- a line is asked of the child that stands for its own by now
        select m.id as child_id, m.reached, m.placed, m.gone from marked m where m.merged_into_id is null
        union all
        select c.id, m.reached, m.placed, m.gone
        from children_child c join marked m on m.id = vcdb_standing(c.id)
        where c.merged_into_id is not null
    ),
    lines as (
        select e.list_id, count(*)::integer as number,
               (count(*) filter (where e.band not in ('', 'none') or e.services <> '[]'))::integer as known,
               (count(*) filter (where e.mark = 'joined'))::integer as joined,
               (count(*) filter (where e.mark in ('up', 'down', 'changed')))::integer as changed
        from stands s join lists_entry e on e.child_id = s.child_id join asked a on a.id = e.list_id
        where s.gone or not s.reached or not (s.placed or a.ours)
        group by e.list_id
    ),
    left_since as (
        select d.list_id, count(*)::integer as number
        from marked m join lists_departure d on d.child_id = m.id join asked a on a.id = d.list_id
        where not a.ours and not (m.reached and m.placed)
        group by d.list_id
    )
    select coalesce(l.list_id, d.list_id), coalesce(l.number, 0), coalesce(l.known, 0), coalesce(l.joined, 0), coalesce(l.changed, 0),
           coalesce(d.number, 0)
    from lines l full join left_since d on d.list_id = l.list_id;
end $$;
revoke execute on function vcdb_unseen(bigint[]) from public;
do $$ begin
    if exists (select from pg_roles where rolname = 'vcdb_web') then
        grant execute on function vcdb_unseen(bigint[]) to vcdb_web, vcdb_pipeline;
    end if;
end $$;
