from pathlib import Path

from django.db import migrations

FAIRNESS = (Path(__file__).parent.parent / "sql" / "fairness.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("profiles", "0003_lastlook_rls"), ("ragp", "0010_unseen_and_unrated"), ("children", "0005_undo")]

    operations = [migrations.RunSQL(FAIRNESS, "drop function vcdb_fairness()")]
