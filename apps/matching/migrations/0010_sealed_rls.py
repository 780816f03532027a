from django.db import migrations

from apps.access.rls import REACH_IS_SET, child, record

TABLE = "matching_sealedlink"
KEPT = f"sealed_at is null and (select vcdb_keeps_sealed()) and {child('former_id')} and {child('present_id')}"
# Written out rather than by protect(): a keeper may write a proposal and no more; sealing is the pipeline's.
ON = f"""
alter table {TABLE} enable row level security;
create policy {TABLE}_web on {TABLE} to vcdb_web
    using ({REACH_IS_SET.format(key='id')} and (id = any((select vcdb_sealed_links())::bigint[]) or {KEPT}))
    with check ({KEPT});
create policy {TABLE}_pipeline on {TABLE} to vcdb_pipeline using (true) with check (true);
grant select, insert, update (confirmed_by, confirmed_at) on {TABLE} to vcdb_web;
"""
OFF = f"""
revoke all on {TABLE} from vcdb_web;
drop policy {TABLE}_pipeline on {TABLE};
drop policy {TABLE}_web on {TABLE};
alter table {TABLE} disable row level security;
"""
# Both names of a link, for those named on it: one of the two children is as a rule outside their reach, which is what they need to know.
NAMES = """
create function vcdb_sealed_names(link bigint)
returns table (side text, public_id uuid, surname text, forename text, dob date)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    if not link = any(vcdb_sealed_links()) then
        return;
    end if;
    return query
        select case when c.id = s.former_id then 'former' else 'present' end, c.public_id, c.surname, c.forename, c.dob
        from matching_sealedlink s
        join children_child c on c.id in (s.former_id, s.present_id)
        where s.id = link and s.sealed_at is not null;
end $$;
revoke all on function vcdb_sealed_names(bigint) from public;
grant execute on function vcdb_sealed_names(bigint) to vcdb_web, vcdb_pipeline;
"""
APART = f"{REACH_IS_SET.format(key='id')} and ({record()} and {record('other_id')})"


class Migration(migrations.Migration):
    dependencies = [("matching", "0009_sealed"), ("access", "0002_reach")]

    operations = [
        # the policies stand on functions that this version of reach.sql brings; it runs again after every migration
        migrations.RunSQL(
            "create or replace function vcdb_sealed_links() returns bigint[] language plpgsql stable as $$ begin return '{}'; end $$;"
            "create or replace function vcdb_keeps_sealed() returns boolean language plpgsql stable as $$ begin return false; end $$",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(ON, OFF),
        migrations.RunSQL(NAMES, "drop function vcdb_sealed_names(bigint)"),
        # a pair that stands for a sealed link would tell who is who
        migrations.RunSQL(
            f"alter policy matching_apart_web on matching_apart using ({APART} and not sealed)",
            f"alter policy matching_apart_web on matching_apart using ({APART})",
        ),
    ]
