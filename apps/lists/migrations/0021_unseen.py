from pathlib import Path

from django.db import migrations

UNSEEN = (Path(__file__).parent.parent / "sql" / "unseen.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0020_basis_rls"),
        ("children", "0002_rls"),
        ("access", "0003_events_name_the_signed_in"),
    ]

    operations = [migrations.RunSQL(UNSEEN, "drop function vcdb_unseen(bigint[])")]
