from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, REACH_IS_SET, child

TOLD = f"""
    (select vcdb_runs_reviews()) or agency_id = {OWN} or by_agency_id = {OWN}
    or agency_id::int = any((select vcdb_providers('existence'))::int[])
"""
# A school's person who leads, or is of the team, says where a hidden child is: an agreement shares that the school is involved with children,
# not where this one goes. It stays with the school, with who wrote it down, with who runs reviews, and with those the child was opened to.
PLACED = f"""
    ((select vcdb_runs_reviews()) or agency_id = {OWN} or by_agency_id = {OWN} {{heir}}
     or not exists (select 1 from agencies_agency a where a.id = agency_id and a.kind in ('school', 'early_years') {BY_KEY})
     or exists (select 1 from children_child c
                where c.id = {{table}}.child_id and (not c.restricted and not c.address_hidden or c.id = {OPENED}) {BY_KEY}))
"""
LEAD = f"({TOLD} or heir_id = {OWN}) and {child()}"
MEMBER = f"({TOLD}) and {child()}"


def policy(table: str, sees: str) -> str:
    """The policy of the web role's rows, with this condition."""
    return f"alter policy {table}_web on {table} using ({REACH_IS_SET.format(key='id')} and ({sees}))"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_seen_at_contacts"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(
            policy(
                "reviews_lead",
                f"{LEAD} and {PLACED.format(table='reviews_lead', heir=f'or heir_id = {OWN}')}",
            ),
            policy("reviews_lead", LEAD),
        ),
        migrations.RunSQL(
            policy("reviews_member", f"{MEMBER} and {PLACED.format(table='reviews_member', heir='')}"),
            policy("reviews_member", MEMBER),
        ),
    ]
