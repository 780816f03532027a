from pathlib import Path

from django.db import migrations

FIGURES = (Path(__file__).parent.parent / "sql" / "figures.sql").read_text()
DROP = """
drop function vcdb_sealed(); drop function if exists vcdb_looks(timestamptz); drop function vcdb_figures(timestamptz);
drop function vcdb_may_see_figures()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_reach"),
        ("audit", "0001_initial"),
        ("children", "0001_initial"),
        ("involvements", "0001_initial"),
        ("ragp", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FIGURES, DROP)]
