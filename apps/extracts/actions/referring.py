"""Files of reference data: rows by heading, for whoever keeps that data."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from apps.core import values
from apps.extracts.actions.receiving import stored_files
from apps.extracts.models import Extract, Finding, Severity
from apps.extracts.readers import Table, read_tables

#: The list of GP practices comes without headings: a practice's code stands where the first one would.
PRACTICE = re.compile(r"[A-Z][0-9]{5}", re.ASCII)
PRACTICES = [
    "Organisation Code", "Name", "", "Address Line 1", "Address Line 2", "Address Line 3", "Address Line 4",
    "Address Line 5", "", "Postcode",
]  # fmt: skip
UNUSED = "REFERENCE_UNUSED"
UNUSED_SAID = "The row has no id or no name of its own, so nothing was taken from it. Fill both in if it should be used."


class ReferenceRow(NamedTuple):
    """A row of reference data: which table of the extract it is in, its number there, heading to text."""

    table: int
    row_no: int
    cells: dict[str, str]


def reference_rows(*, extract: Extract) -> list[ReferenceRow]:
    """Every row of every table of an extract; empty cells are left out. Refused where a file cannot be read."""
    tables = (table for name, path in stored_files(extract) for table in read_tables(path, name))
    return [row for place, table in enumerate(tables, 1) for row in _rows(place, _headed(table))]


def note_unused(*, extract: Extract, rows: list[ReferenceRow]) -> None:
    """Name the rows that could not be used."""
    Finding.objects.bulk_create(
        Finding(
            extract=extract, module=f"table {row.table}" if row.table > 1 else "", row_no=row.row_no, code=UNUSED,
            severity=Severity.ERROR, message=UNUSED_SAID,
        )
        for row in rows
    )  # fmt: skip


def _headed(table: Table) -> Table:
    if not table.headings or not PRACTICE.fullmatch(table.headings[0]):
        return table
    return Table(table.name, PRACTICES, chain([(1, table.headings)], table.rows))


def _rows(place: int, table: Table) -> Iterator[ReferenceRow]:
    for number, cells in table.rows:
        found = {
            heading: value
            for heading, cell in zip(table.headings, cells, strict=False)
            if heading and (value := values.clean(cell))
        }
        yield ReferenceRow(place, number, found)
