from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, REACH_IS_SET

# The lines of a list that is out are within its setting's reach as long as agreements share what they tell; what was kept of it stays.
READABLE = "((select vcdb_borough()) or l.state = 'released' and l.id <> all((select vcdb_lists_closed())::bigint[]))"
READABLE_BEFORE = "(l.state = 'released' or (select vcdb_borough()))"
STANDING = "vcdb_standing(lists_entry.child_id)"

# What lists that are there already told of whose: as their lines say, by the agreements of the day they were drafted. Written down and counted
# first: of values inside documents the planner knows nothing, and a year of lists is millions of lines.
TOLD_ALREADY = """
    create temp table lists_told on commit drop as
    select distinct e.list_id, e.child_id, t.told ->> 'service' as service, coalesce(t.told ->> 'who', '') as who
    from lists_entry e cross join lateral jsonb_array_elements(e.services) t (told);
    analyze lists_told;
    insert into lists_basis (list_id, provider_id, service, level)
    select t.list_id, i.agency_id, t.service, case when bool_or(t.who <> a.name) then 'content' else 'existence' end
    from lists_told t
    join lists_weeklylist l on l.id = t.list_id
    join agencies_agency at on at.id = l.setting_id
    left join agencies_agency team on team.code = 'education' and at.code like 'of-no-setting-%'
    join children_child c on c.id = t.child_id
    join children_sourcerecord k on k.child_id = coalesce(c.merged_into_id, c.id)
    join involvements_involvement i on i.record_id = k.id and i.service = t.service
    join agencies_agency a on a.id = i.agency_id
    where exists (
        select from agencies_sharingagreement s
        where s.provider_id = i.agency_id and (s.recipient_id = coalesce(team.id, at.id) or s.recipient_kind = coalesce(team.kind, at.kind))
          and s.valid_from <= l.as_at::date and coalesce(s.valid_until, 'infinity') >= l.as_at::date
          and s.services && array['*', t.service]::varchar[] and (s.level = 'content' or t.who = a.name))
    group by t.list_id, i.agency_id, t.service
    union all
    select l.id, null, '', 'rating' from lists_weeklylist l
    where exists (select from lists_entry e where e.list_id = l.id and e.band <> '')
"""

# The policies stand on functions that this version of reach.sql brings; it runs again after every migration.
CLOSED = "create or replace function vcdb_lists_closed() returns bigint[] language plpgsql stable as $$ begin return '{}'; end $$"


def on_a_list(more: str) -> str:
    """The row's list is one the person may see, and its lines too."""
    return f"exists (select 1 from lists_weeklylist l where l.id = list_id{more})"


def placed(child_id: str) -> str:
    """The child is reached and its place is no secret."""
    return f"exists (select 1 from children_child c where c.id = {child_id} and (not c.address_hidden or c.id = {OPENED}) {BY_KEY})"


def entry(readable: str) -> str:
    """As before, by another condition of whether the list's lines may be read."""
    reached = f"exists (select 1 from children_child c where c.id = {STANDING} {BY_KEY})"
    own = on_a_list(f" and l.setting_id = {OWN}")
    return f"{on_a_list(f' and {readable}')} and ({placed(STANDING)} or {own} and {reached})"


def departure(readable: str) -> str:
    """As before, likewise."""
    own = on_a_list(f" and {readable} and l.setting_id = {OWN}")
    return f"{own} or {on_a_list(f' and {readable}')} and {placed('lists_departure.child_id')}"


def policy(table: str, sees: str) -> str:
    """The policy of the web role's rows, with this condition."""
    return f"alter policy {table}_web on {table} using ({REACH_IS_SET.format(key='id')} and ({sees}))"


class Migration(migrations.Migration):
    dependencies = [("lists", "0019_basis")]

    operations = [
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
        migrations.RunSQL(TOLD_ALREADY, migrations.RunSQL.noop),
        migrations.RunSQL(
            policy("lists_entry", entry(READABLE)), policy("lists_entry", entry(READABLE_BEFORE))
        ),
        migrations.RunSQL(
            policy("lists_departure", departure(READABLE)),
            policy("lists_departure", departure(READABLE_BEFORE)),
        ),
    ]
