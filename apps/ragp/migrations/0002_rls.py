from django.db import migrations

from apps.access.rls import child, protect

RATING = f"(select vcdb_sees_rating()) and {child()}"


class Migration(migrations.Migration):
    dependencies = [("ragp", "0001_initial"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(*protect("ragp_assessment", RATING)),
        migrations.RunSQL(*protect("ragp_change", RATING)),
    ]
