"""Birth dates compared: the same, day and month swapped, a slip, or two dates that cannot be one."""

from datetime import date, timedelta

#: How far a birth may lie from the day it was expected on.
AROUND = timedelta(days=45)


def births(one: date, other: date) -> str:
    """How two birth dates compare: exact, swap, day, slip, part or conflict (two or more parts differ)."""
    if one == other:
        return "exact"
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return "swap"
    if abs((one - other).days) <= 2:
        return "day"
    agree = [one.year == other.year, one.month == other.month, one.day == other.day]
    if sum(agree) < 2:
        return "conflict"
    return "slip" if _digits_apart(one, other) == 1 else "part"


def _digits_apart(one: date, other: date) -> int:
    return sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True))


def expected(due: date, born: date) -> bool:
    """Whether a child born on a day may be the one who was expected on another."""
    return abs(due - born) <= AROUND


def swapped(day: date) -> date | None:
    """The date with day and month changed round, where that is another date."""
    try:
        other = day.replace(month=day.day, day=day.month)
    except ValueError:
        return None
    return None if other == day else other


def is_assumed(day: date) -> bool:
    """Whether a date is the one that is written down where nobody knows the day."""
    return (day.month, day.day) == (1, 1)
