from pathlib import Path

from django.db import migrations

LOOKS = (Path(__file__).parent.parent / "sql" / "looks.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("profiles", "0005_wards"), ("audit", "0001_initial"), ("access", "0002_reach")]

    # the function before it counted pages and searches alone
    operations = [
        migrations.RunSQL("drop function if exists vcdb_looks(timestamptz)", migrations.RunSQL.noop),
        migrations.RunSQL(LOOKS, "drop function vcdb_looks_by_kind(timestamptz, text[])"),
    ]
