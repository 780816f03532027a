"""The one place that asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.db import connection
from django.utils import timezone

_behind: ContextVar[timedelta] = ContextVar("behind", default=timedelta())


@contextmanager
def behind(by: timedelta) -> Iterator[None]:
    """Let facts be recorded as if it were so much earlier: the demo borough has a past. Audit events keep the real time."""
    token = _behind.set(by)
    try:
        yield
    finally:
        _behind.reset(token)


def today() -> date:
    """Today's date in the council's time zone."""
    return _day_of(int((timezone.now() - _behind.get()).timestamp()) // 60)


@lru_cache(maxsize=16)
def _day_of(minute: int) -> date:
    # every row of a file asks what day it is
    return timezone.localdate(datetime.fromtimestamp(minute * 60, tz=UTC))


def week_of(day: date) -> date:
    """The Monday of the ISO week that holds ``day``."""
    return day - timedelta(days=day.weekday())


def commit_moment() -> datetime:
    """The moment facts are stamped with: the database's wall clock, taken under the one commit lock.

    With ``now()`` two overlapping transactions could commit facts dated before a report that did not see them.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(7082001)")
        cursor.execute("select clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment - _behind.get()
