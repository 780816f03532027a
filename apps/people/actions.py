"""Keeping the directory of professionals: "my children" and "who to phone" stand on it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from apps.audit.actions import record
from apps.core import sql
from apps.people import directory


@transaction.atomic
def import_directory(rows: Iterable[Mapping[str, str]], *, by: Any) -> int:
    """Add or update professionals and tie them to their users, by user name or else e-mail address; returns rows used.

    A row without a worker id or name, or of an agency not known here, is not. Nobody is removed: who left has a date.
    """
    read = [directory.read(row) for row in rows]
    entries = [entry for entry in read if entry]
    sql.run("people", "incoming")
    with connection.cursor() as cursor:
        with cursor.copy("copy incoming_professional from stdin") as copy:
            for entry in entries:
                copy.write_row(entry)
        written = sql.run("people", "save_professionals")
        cursor.execute(
            "select count(*) from incoming_professional where agency not in (select code from agencies_agency)"
        )
        homeless = cursor.fetchone()[0]
        cursor.execute("drop table incoming_professional")
    counts = {"professionals": written, "skipped": read.count(None) + homeless}
    record("people.import", by=by, detail=counts)
    return len(entries) - int(homeless)
