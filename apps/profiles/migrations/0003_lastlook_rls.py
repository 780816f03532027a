from django.db import migrations

from apps.access.rls import child, protect

# One's own looks alone: whom a colleague looked at is told by the audit record, to those who may read it.
MINE = f"user_id = (select vcdb_user_id()) and {child()}"


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_lastlook"), ("children", "0005_undo")]

    operations = [migrations.RunSQL(*protect("profiles_lastlook", MINE, writes="insert update"))]
