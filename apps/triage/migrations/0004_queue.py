from pathlib import Path

from django.db import migrations

QUEUE = (Path(__file__).parent.parent / "sql" / "queue.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("triage", "0003_due_order"),
        ("access", "0002_reach"),
        ("agencies", "0001_initial"),
        ("children", "0002_rls"),
        ("ragp", "0001_initial"),
    ]

    operations = [migrations.RunSQL(QUEUE, "drop function vcdb_queue(timestamptz, timestamptz)")]
