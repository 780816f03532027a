"""Rows into a table by COPY: rendered as CSV in C, sent a megabyte at a time."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any, Protocol

from django.db import connection

BATCH = 1 << 20


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
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin (format csv{kept})") as copy,
    ):
        sender = Sender(copy)
        yield csv.writer(sender, lineterminator="\n"), sender
        sender.flush(1)
