from pathlib import Path

from django.db import migrations, models

QUEUE = (Path(__file__).parent.parent / "sql" / "queue.sql").read_text()
BACKFILL = "update triage_item i set nature = c.nature from ragp_change c where c.id = i.change_id and c.nature <> i.nature"


class Migration(migrations.Migration):
    dependencies = [("triage", "0004_queue")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="nature",
            field=models.CharField(
                choices=[("real", "Real change"), ("artefact", "Data artefact")],
                db_default="real",
                default="real",
                help_text="Of its change, which never changes",
                max_length=10,
            ),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        migrations.RunSQL(QUEUE, migrations.RunSQL.noop),
    ]
