from django.db import migrations

from apps.access.rls import BY_KEY, OWN, protect

# A setting's own people see and write what the setting says of the children they reach; others see the facts that it becomes.
REACHED = (
    f"exists (select 1 from children_child c where c.id = vcdb_standing(lists_endeavour.child_id) {BY_KEY})"
)
KEEP = """
    create policy lists_endeavour_add on lists_endeavour as restrictive for insert to vcdb_web
        with check (setting_id = any((select vcdb_list_settings())::int[]));
    grant update (taken_at, withdrawn_at, withdrawn_by) on lists_endeavour to vcdb_web
"""
KEEP_NOT = """
    revoke update (taken_at, withdrawn_at, withdrawn_by) on lists_endeavour from vcdb_web;
    drop policy lists_endeavour_add on lists_endeavour
"""


class Migration(migrations.Migration):
    dependencies = [("lists", "0016_endeavours"), ("matching", "0007_acts_rls")]

    operations = [
        migrations.RunSQL(*protect("lists_endeavour", f"setting_id = {OWN} and {REACHED}", writes="insert")),
        migrations.RunSQL(KEEP, KEEP_NOT),
    ]
