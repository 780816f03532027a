"""A schema with empty tables of its own, in which the real statements run; gone afterwards, whatever happens."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: Whose tables the linker writes or reads for a child.
APPS = ("agencies", "people", "extracts", "children", "matching", "involvements")


@contextmanager
def own_schema() -> Iterator[str]:
    """Empty tables in front of the live ones until the block ends; then its transaction is rolled back, and with it the schema.

    Nobody else ever sees the schema, and a process that is killed leaves none behind. Functions are the live ones.
    """
    name = f"evaluation_{secrets.token_hex(6)}"
    with transaction.atomic():
        try:
            _make(name)
            yield name
        finally:
            transaction.set_rollback(True)


def tables() -> list[str]:
    """Every live table of the apps whose work is done in the schema; those that are no model's too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            " and not relispartition and split_part(relname, '_', 1) = any(%s) order by relname",
            [list(APPS)],
        )
        return [name for (name,) in cursor.fetchall()]


def _make(name: str) -> None:
    made = "".join(
        f'create table "{name}"."{table}" (like public."{table}" including all);' for table in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(f'create schema "{name}"; {made} set local search_path to "{name}", public')
