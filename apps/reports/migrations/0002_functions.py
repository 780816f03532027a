from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent.parent / "sql" / "functions.sql").read_text()
DROP = """
drop function vcdb_report_open(timestamptz, date); drop function vcdb_report_children(timestamptz, date);
drop function vcdb_report_links(timestamptz)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("matching", "0003_rls"),
        ("ragp", "0010_unseen_and_unrated"),
        ("involvements", "0001_initial"),
        ("children", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, DROP)]
