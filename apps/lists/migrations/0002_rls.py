from django.db import migrations

from apps.access.rls import OWN, child, protect

LIST = f"(select vcdb_borough()) or setting_id = {OWN}"
ON_A_LIST = "exists (select 1 from lists_weeklylist l where l.id = list_id)"
# Who left the roll is out of the setting's reach by then, and is told about all the same.
DEPARTURE = f"exists (select 1 from lists_weeklylist l where l.id = list_id and (l.setting_id = {OWN} or {child('lists_departure.child_id')}))"


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_initial"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(*protect("lists_weeklylist", LIST)),
        migrations.RunSQL(*protect("lists_entry", f"{ON_A_LIST} and {child()}")),
        migrations.RunSQL(*protect("lists_departure", DEPARTURE)),
    ]
