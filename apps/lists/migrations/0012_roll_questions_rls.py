from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, protect

# Where a hidden child is on a roll is a secret place.
PLACED = f"exists (select 1 from children_child c where c.id = child_id and (not c.address_hidden or c.id = {OPENED}) {BY_KEY})"


class Migration(migrations.Migration):
    dependencies = [("lists", "0011_roll_questions")]

    operations = [migrations.RunSQL(*protect("lists_rollquestion", PLACED, writes="update"))]
