from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, REACH_IS_SET

# A list stays as it was published, also when one of its children has since been made one with another: who may read the entry is
# who sees the child it stands for now.
STANDING = "vcdb_standing(lists_entry.child_id)"
ON_A_LIST = "exists (select 1 from lists_weeklylist l where l.id = list_id)"
ON_AN_OWN_LIST = f"exists (select 1 from lists_weeklylist l where l.id = list_id and l.setting_id = {OWN})"


def entry(child_id: str) -> str:
    """The child is reached and its place is no secret, or it is on a list of the own setting."""
    reached = f"exists (select 1 from children_child c where c.id = {child_id} {BY_KEY})"
    placed = (
        f"exists (select 1 from children_child c where c.id = {child_id}"
        f" and (not c.address_hidden or c.id = {OPENED}) {BY_KEY})"
    )
    sees = f"{ON_A_LIST} and ({placed} or {ON_AN_OWN_LIST} and {reached})"
    return f"alter policy lists_entry_web on lists_entry using ({REACH_IS_SET.format(key='id')} and ({sees}))"


class Migration(migrations.Migration):
    dependencies = [("lists", "0004_hidden_places"), ("matching", "0007_acts_rls")]

    operations = [migrations.RunSQL(entry(STANDING), entry("lists_entry.child_id"))]
