from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, REACH_IS_SET

# What was published until now was out as soon as it was made.
OUT_ALREADY = "update lists_weeklylist set state = 'released', released_at = as_at, released_by = drafted_by"

# A setting's own people see no draft; of a recalled list they see that there was one, and no line of it.
LIST = f"(select vcdb_borough()) or setting_id = {OWN} and state in ('released', 'recalled')"
LIST_BEFORE = f"(select vcdb_borough()) or setting_id = {OWN}"
READABLE = "(l.state = 'released' or (select vcdb_borough()))"
STANDING = "vcdb_standing(lists_entry.child_id)"

# The web checks and recalls; drafting and releasing are the pipeline's. A setting's own people change nothing of a list.
KEPT = "state, checked_by, checked_at, recalled_by, recalled_at, recall_reason"
KEEP = f"""
    grant update ({KEPT}) on lists_weeklylist to vcdb_web;
    create policy lists_weeklylist_keep on lists_weeklylist as restrictive for update to vcdb_web using ((select vcdb_borough()))
"""
KEEP_NOT = f"drop policy lists_weeklylist_keep on lists_weeklylist; revoke update ({KEPT}) on lists_weeklylist from vcdb_web"


def on_a_list(more: str = "") -> str:
    """The row's list is one the person may see, and its lines too."""
    return f"exists (select 1 from lists_weeklylist l where l.id = list_id{more})"


def placed(child_id: str) -> str:
    """The child is reached and its place is no secret."""
    return f"exists (select 1 from children_child c where c.id = {child_id} and (not c.address_hidden or c.id = {OPENED}) {BY_KEY})"


def entry(readable: str) -> str:
    """As before, and the list's lines may be read."""
    reached = f"exists (select 1 from children_child c where c.id = {STANDING} {BY_KEY})"
    return f"{on_a_list(readable)} and ({placed(STANDING)} or {on_a_list(f' and l.setting_id = {OWN}')} and {reached})"


def departure(readable: str) -> str:
    """As before, and the list's lines may be read."""
    own = f"{readable} and l.setting_id = {OWN}" if readable else f" and l.setting_id = {OWN}"
    return f"{on_a_list(own)} or {on_a_list(readable)} and {placed('lists_departure.child_id')}"


def policy(table: str, sees: str) -> str:
    """The policy of the web role's rows, with this condition."""
    return f"alter policy {table}_web on {table} using ({REACH_IS_SET.format(key='id')} and ({sees}))"


class Migration(migrations.Migration):
    dependencies = [("lists", "0006_release")]

    operations = [
        migrations.RunSQL(OUT_ALREADY, migrations.RunSQL.noop),
        migrations.RunSQL(policy("lists_weeklylist", LIST), policy("lists_weeklylist", LIST_BEFORE)),
        migrations.RunSQL(
            policy("lists_entry", entry(f" and {READABLE}")), policy("lists_entry", entry(""))
        ),
        migrations.RunSQL(
            policy("lists_departure", departure(f" and {READABLE}")), policy("lists_departure", departure(""))
        ),
        migrations.RunSQL(KEEP, KEEP_NOT),
    ]
