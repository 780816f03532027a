from django.db import migrations

from apps.access.rls import BY_KEY, child, protect

ITEM = f"(select vcdb_sees_rating()) and {child()}"
DECISION = f"exists (select 1 from triage_item i where i.id = item_id {BY_KEY})"


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(*protect("triage_item", ITEM, writes="update")),
        migrations.RunSQL(*protect("triage_decision", DECISION, writes="insert update")),
    ]
