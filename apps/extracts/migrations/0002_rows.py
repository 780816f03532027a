from pathlib import Path

from django.db import migrations

TABLES = (Path(__file__).parent.parent / "sql" / "tables.sql").read_text()
DROP = """
drop function vcdb_rows_open(bigint);
drop function vcdb_rows_close(bigint);
drop function vcdb_rows_drop(bigint);
drop table extracts_bundle;
drop table extracts_row
"""


class Migration(migrations.Migration):
    dependencies = [("extracts", "0001_initial")]

    operations = [migrations.RunSQL(TABLES, DROP)]
