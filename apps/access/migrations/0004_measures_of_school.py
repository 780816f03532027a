from pathlib import Path

from django.db import migrations

REACH = (Path(__file__).parent.parent / "sql" / "reach.sql").read_text()
START = REACH.index("create or replace function vcdb_service_of_measure")


class Migration(migrations.Migration):
    """Free meals and education other than at school are shared as the school roll is."""

    dependencies = [("access", "0003_events_name_the_signed_in")]

    operations = [migrations.RunSQL(REACH[START : REACH.index("$$;", START) + 3], migrations.RunSQL.noop)]
