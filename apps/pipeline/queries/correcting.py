"""Which rows of a file are not handed out for correction, because the child is not for the reader's eyes, and whose are."""

from dataclasses import dataclass

from django.db import connection

from apps.extracts.models import Extract

# A row holds the address as it came, so a hidden address withholds it as a hidden child does
SEEN = """
select c.id from children_child c
where c.id = any(%s) and (not c.address_hidden or c.id = any((select vcdb_opened())::bigint[]))
"""


@dataclass(frozen=True)
class Correctable:
    """Of the rows to correct: those kept back, and the children known here whom the others are about."""

    withheld: frozenset[tuple[str, int]]
    children: frozenset[int]


def correctable(extract: Extract, everybody: bool = False) -> Correctable:
    """Rows of children, or of addresses, that are hidden from the signed-in person are kept back; row-level security tells which.

    ``everybody``: for the service itself, from which none is hidden.
    """
    with connection.cursor() as cursor:
        cursor.execute("select module, row_no, child_id from vcdb_rows_of_children(%s)", [extract.pk])
        known = cursor.fetchall()
        seen = {child for _, _, child in known}
        if not everybody:
            cursor.execute(SEEN, [sorted(seen)])
            seen = {child for (child,) in cursor.fetchall()}
    withheld = frozenset((module, number) for module, number, child in known if child not in seen)
    return Correctable(withheld, frozenset(seen))
