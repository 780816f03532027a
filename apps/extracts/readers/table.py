"""A table as it arrives: a name, its headings, and its rows with the number a spreadsheet shows."""

from collections.abc import Iterator
from typing import NamedTuple


class Table(NamedTuple):
    """``rows`` can be walked once; each has as many cells as it came with."""

    name: str
    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]
