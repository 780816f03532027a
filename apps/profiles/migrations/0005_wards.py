from pathlib import Path

from django.db import migrations

FAIRNESS = (Path(__file__).parent.parent / "sql" / "fairness.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("profiles", "0004_fairness"), ("agencies", "0003_ward")]

    operations = [migrations.RunSQL(FAIRNESS, migrations.RunSQL.noop)]
