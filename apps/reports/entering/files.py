"""The file as it is downloaded and as it comes back."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from apps.core.errors import Refused
from apps.core.spreadsheets import csv_bytes, xlsx_bytes
from apps.extracts.readers import Table, read_tables
from apps.reports.entering.columns import FIELDS, HEADINGS, HELP, REFERENCE, written
from apps.reports.entering.plan import Held, Plan, plan
from apps.reports.models import Capacity

MARKING = "OFFICIAL"
MOST_ROWS = 5_000
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ABOUT = (
    ("What it is", "With how many children each team can work at once, from a week on."),
    ("To change a row", "Write over it. Leave “Reference” as it is."),
    ("To add a row", "Write it below, with “Reference” empty."),
    (
        "What ended",
        "Add a row from that week on with 0 children. A row that is not in the file stays as it is.",
    ),
    ("Services", "; ".join(HELP.values())),
    ("Sector", "As in “TS18 1”; empty: the whole borough."),
    ("Cost a year", "In pounds; may stay empty."),
    ("From week", "A Monday."),
)


def as_file(held: Iterable[Capacity], form: str) -> bytes:
    """Everything that was entered, ready to be changed and sent back."""
    rows = [[f"C{each.pk}", *(written(name, getattr(each, name)) for name in FIELDS)] for each in held]
    if form == "csv":
        return csv_bytes(HEADINGS, rows)
    return xlsx_bytes("Capacity of teams", MARKING, HEADINGS, rows, ABOUT)


def planned(file: Any, held: Held) -> Plan:
    """What a file would change; Refused where it is no such file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(file.read())
        table = _of_capacity(read_tables(path, "This file"))
        rows = list(_bounded(table))
        if not rows:
            raise Refused("This file has headings and no row. Write a row for each team below them.")
        return plan(table.headings, rows, held)


def _of_capacity(tables: list[Table]) -> Table:
    found = next((table for table in tables if "Team" in table.headings), tables[0])
    missing = [
        f"“{heading}”" for heading in HEADINGS if heading not in found.headings and heading != REFERENCE
    ]
    if missing:
        raise Refused(
            f"Row 1 of this file lacks the column {', '.join(missing)}. Download the file and fill that in."
        )
    return found


def _bounded(table: Table) -> Iterable[tuple[int, list[str]]]:
    for count, row in enumerate(table.rows):
        if count >= MOST_ROWS:
            raise Refused(f"This file has more than {MOST_ROWS:,} rows. Send it in parts.")
        yield row
