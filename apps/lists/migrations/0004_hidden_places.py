from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, REACH_IS_SET, child

ON_A_LIST = "exists (select 1 from lists_weeklylist l where l.id = list_id)"
ON_AN_OWN_LIST = f"exists (select 1 from lists_weeklylist l where l.id = list_id and l.setting_id = {OWN})"


def placed(table: str) -> str:
    """The child is reached and its place is no secret: being on a school's list says where a hidden child is."""
    return f"exists (select 1 from children_child c where c.id = {table}.child_id and (not c.address_hidden or c.id = {OPENED}) {BY_KEY})"


ENTRY = f"{ON_A_LIST} and ({placed('lists_entry')} or {ON_AN_OWN_LIST} and {child('lists_entry.child_id')})"
DEPARTURE = f"{ON_AN_OWN_LIST} or {ON_A_LIST} and {placed('lists_departure')}"
ENTRY_BEFORE = f"{ON_A_LIST} and {child()}"
DEPARTURE_BEFORE = f"exists (select 1 from lists_weeklylist l where l.id = list_id and (l.setting_id = {OWN} or {child('lists_departure.child_id')}))"


def policy(table: str, sees: str) -> str:
    """The policy of the web role's rows, with this condition."""
    return f"alter policy {table}_web on {table} using ({REACH_IS_SET.format(key='id')} and ({sees}))"


class Migration(migrations.Migration):
    dependencies = [("lists", "0003_counts"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(policy("lists_entry", ENTRY), policy("lists_entry", ENTRY_BEFORE)),
        migrations.RunSQL(policy("lists_departure", DEPARTURE), policy("lists_departure", DEPARTURE_BEFORE)),
    ]
