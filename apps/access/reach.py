"""Setting on the database connection whose reach holds, for as long as one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from apps.access.queries import forget

WEB = "vcdb_web"

# One statement: what was, then what is to be. true: for this transaction only.
SWITCH = """
    select coalesce(current_setting('role', true), 'none'), coalesce(current_setting('vcdb.user_id', true), ''),
           set_config('vcdb.user_id', %s, true), set_config('role', %s, true)
"""


@contextmanager
def reach_of(user: Any) -> Iterator[None]:
    """Everything inside runs in one transaction as the web role with this person's reach; nobody's (anonymous) is empty."""
    forget(user)
    with transaction.atomic():
        role, who = _switch(str(user.pk or 0), WEB)
        # An exception needs no reset: undoing the transaction, or the savepoint, undoes the settings made in it.
        yield
        if not connection.needs_rollback:
            _switch(who, role)


@contextmanager
def answering(agency: Any) -> Iterator[None]:
    """Inside ``reach_of`` nobody: an agency's own system reaches its children, and sees of them what is shared with the agency."""
    _ask_for(str(agency.pk))
    yield
    if not connection.needs_rollback:
        _ask_for("")


@contextmanager
def asked_for(user: Any) -> Iterator[None]:
    """The reach functions answer for this person while the role stays: for a worker that counts on somebody's behalf."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(current_setting('vcdb.user_id', true), ''), set_config('vcdb.user_id', %s, true)",
            [str(user.pk)],
        )
        before = cursor.fetchone()[0]
        yield
        cursor.execute("select set_config('vcdb.user_id', %s, true)", [before])


def clear() -> None:
    """Leave no reach behind on a connection that the next request may get, whatever the last one did with it."""
    if connection.connection is not None and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("select set_config('vcdb.user_id', '', false)")


def _switch(who: str, role: str) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(SWITCH, [who, role])
        before = cursor.fetchone()
    return before[0], before[1]


def _ask_for(agency: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('vcdb.asking_agency', %s, true)", [agency])
