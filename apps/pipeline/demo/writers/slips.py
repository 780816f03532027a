"""A few rows a clerk got wrong, so that there is something to find: some are put right by the second week."""

import csv
from pathlib import Path
from typing import NamedTuple


class Slip(NamedTuple):
    """What stands in a column of the n-th row instead of what should, in the first week or in both."""

    feed: str
    row: int
    column: str
    value: str
    corrected: bool = True


SLIPS = (
    Slip("early_help", 12, "Date of Birth", "31/02/2014"),
    Slip("early_help", 20, "NHS Number", "9990000005"),
    Slip("young_carers", 5, "DOB", "01/01/2041", corrected=False),
    Slip("camhs", 9, "Discharge Date", "01/01/2001", corrected=False),
    Slip("ehcp", 14, "UPN", "A837900112001"),
)
#: Shorter files have none: every row counts there.
LEAST_ROWS = 100


def plant(folder: Path, first_week: bool) -> None:
    """Spoil the rows of this week."""
    for slip in SLIPS:
        path = folder / slip.feed / f"{slip.feed}.csv"
        if path.exists() and (first_week or not slip.corrected):
            _spoil(path, slip)


def _spoil(path: Path, slip: Slip) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    if len(rows) > LEAST_ROWS:
        rows[slip.row][rows[0].index(slip.column)] = slip.value
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
