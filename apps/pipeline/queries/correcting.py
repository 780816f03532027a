"""Which rows of a file are not handed out for correction, because the child is not for the reader's eyes."""

from django.db import connection

from apps.extracts.models import Extract

# A row holds the address as it came, so a hidden address withholds it as a hidden child does
SEEN = """
select c.id from children_child c
where c.id = any(%s) and (not c.address_hidden or c.id = any((select vcdb_opened())::bigint[]))
"""


def rows_withheld(extract: Extract) -> set[tuple[str, int]]:
    """The rows to correct of children, or of addresses, that are hidden from the signed-in person; row-level security tells which."""
    with connection.cursor() as cursor:
        cursor.execute("select module, row_no, child_id from vcdb_rows_of_children(%s)", [extract.pk])
        known = cursor.fetchall()
        cursor.execute(SEEN, [[child for _, _, child in known]])
        seen = {child for (child,) in cursor.fetchall()}
    return {(module, number) for module, number, child in known if child not in seen}
