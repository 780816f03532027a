from django.db import migrations

from apps.access.rls import child, protect

RATING = f"(select vcdb_sees_rating()) and {child()}"


class Migration(migrations.Migration):
    dependencies = [("ragp", "0005_schemes"), ("children", "0005_undo")]

    operations = [migrations.RunSQL(*protect("ragp_whatifmove", RATING))]
