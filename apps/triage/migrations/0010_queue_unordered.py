from pathlib import Path

from django.db import migrations

QUEUE = (Path(__file__).parent.parent / "sql" / "queue.sql").read_text()


class Migration(migrations.Migration):
    """The figures of the queue are no longer sorted where they are counted."""

    dependencies = [("triage", "0009_worries")]

    operations = [migrations.RunSQL(QUEUE, migrations.RunSQL.noop)]
