"""Rows into a table by COPY, sent a megabyte at a time: rendered as CSV in C, or by whoever knows that little of them needs escaping."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any, Protocol

from django.db import connection

BATCH = 1 << 20
#: What COPY's own text format reads as something else.
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class RowWriter(Protocol):
    """Takes one row in the order of the columns; None is a null."""

    def writerow(self, row: Any, /) -> Any: ...


class Sender:
    """The file csv writes to: passes full batches on to COPY."""

    def __init__(self, copy: Any) -> None:
        self.copy = copy
        self.text = StringIO()
        self.write = self.text.write

    def flush(self, least: int = BATCH) -> None:
        """Send what has gathered, if it is enough."""
        if self.text.tell() >= max(least, 1):
            self.copy.write(self.text.getvalue())
            self.text.seek(0)
            self.text.truncate()


@contextmanager
def copying(
    table: str, columns: tuple[str, ...], texts: tuple[str, ...] = ()
) -> Iterator[tuple[RowWriter, Sender]]:
    """COPY into a table; ``texts`` are columns where empty means empty and not null. Call ``flush`` now and then."""
    kept = f", force_not_null ({', '.join(texts)})" if texts else ""
    with sending(table, columns, f"csv{kept}") as sender:
        yield csv.writer(sender, lineterminator="\n"), sender


@contextmanager
def sending(table: str, columns: tuple[str, ...], form: str = "text") -> Iterator[Sender]:
    """COPY into a table lines that the caller renders, in COPY's text format if no other. Call ``flush`` now and then."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin (format {form})") as copy,
    ):
        sender = Sender(copy)
        yield sender
        sender.flush(1)
