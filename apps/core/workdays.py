"""Working days of England: Mondays to Fridays without the bank holidays. Pure; the holidays are a library's, year by year."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

#: When a working day ends: what is due on a day is due by then.
CLOSES = time(17)


@lru_cache(maxsize=32)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, those for one time only included."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_after(day: date, number: int) -> date:
    """The working day so many after a day; the day itself does not count, whatever it is."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working(day)
    return day


def closing(day: date) -> datetime:
    """The moment a working day ends, here."""
    return timezone.make_aware(datetime.combine(day, CLOSES))
