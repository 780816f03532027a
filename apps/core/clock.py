"""The one place that asks what time it is."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone


def today() -> date:
    """Today's date in the council's time zone."""
    return timezone.localdate()


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
        return cursor.fetchone()[0]
