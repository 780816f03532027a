"""A look into a file that waits for its mapping: its headings, its first rows, the values of its columns."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from apps.core import values
from apps.core.errors import Refused
from apps.extracts.actions.receiving import stored_files
from apps.extracts.models import Extract
from apps.extracts.readers import read_tables

FIRST_ROWS = 5
MOST_ROWS = 20_000
MOST_VALUES = 200


@dataclass(frozen=True)
class Look:
    """What a file holds: the first rows as they stand, and for each column how often it has which value."""

    headings: list[str]
    first: list[list[str]]
    found: list[Counter[str]]

    def shown(self, column: int) -> list[str]:
        """A column's values in the first rows."""
        return [row[column] for row in self.first if column < len(row) and row[column]]


def look_into(extract: Extract) -> Look:
    """Read the first table of an extract's files, as far as a mapping needs; Refused where it cannot be read."""
    name, path = stored_files(extract)[0]
    if not path.exists():
        raise Refused(f"{name} is no longer kept. Send it again.")
    table = read_tables(path, name)[0]
    first: list[list[str]] = []
    found: list[Counter[str]] = [Counter() for _ in table.headings]
    for _number, cells in islice(table.rows, MOST_ROWS):
        cleaned = [values.clean(cell) for cell in cells[: len(found)]]
        if len(first) < FIRST_ROWS:
            first.append(cleaned)
        for counter, value in zip(found, cleaned, strict=False):
            if value and (value in counter or len(counter) < MOST_VALUES):
                counter[value] += 1
    return Look(table.headings, first, found)
