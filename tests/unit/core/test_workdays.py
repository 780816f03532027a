"""Working days: weekends and England's bank holidays are none."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.workdays import closing, is_working, working_days_after

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
#: Day, how many working days, and the day that is then.
EXPECTED = [
    (date(2026, 11, 30), 1, date(2026, 12, 1)),  # Monday
    (date(2026, 11, 30), 3, date(2026, 12, 3)),
    (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
    (date(2026, 11, 28), 1, date(2026, 11, 30)),  # from a Saturday
    (
        date(2026, 12, 24),
        1,
        date(2026, 12, 29),
    ),  # Christmas on a Friday, Boxing Day's substitute on the Monday
    (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Good Friday and Easter Monday
    (date(2027, 5, 28), 1, date(2027, 6, 1)),  # the spring bank holiday
    (
        date(2027, 8, 27),
        1,
        date(2027, 8, 31),
    ),  # the summer one is in August, as in England and not in Scotland
    (date(2023, 5, 5), 1, date(2023, 5, 9)),  # the coronation: for one time only
    (date(2026, 11, 30), 0, date(2026, 11, 30)),
]


@pytest.mark.parametrize(("day", "number", "then"), EXPECTED)
def test_so_many_working_days_after(day, number, then):
    assert working_days_after(day, number) == then


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 30), True),
        (date(2027, 1, 2), False),
        (date(2027, 12, 27), False),
        (date(2026, 3, 17), True),
    ],
)
def test_the_holidays_are_englands_and_not_its_neighbours(day, working):
    """Saint Andrew's day is Scotland's, Saint Patrick's Northern Ireland's."""
    assert is_working(day) is working


@given(DAYS, st.integers(1, 40))
def test_what_is_due_is_due_on_a_working_day_and_so_many_lie_between(day, number):
    then = working_days_after(day, number)
    assert is_working(then)
    assert sum(is_working(day + timedelta(days=n)) for n in range(1, (then - day).days + 1)) == number


@given(DAYS, st.integers(1, 40))
def test_more_days_are_later(day, number):
    assert working_days_after(day, number) < working_days_after(day, number + 1)


@pytest.mark.parametrize(("day", "hour"), [(date(2026, 12, 3), 17), (date(2026, 7, 3), 16)])
def test_a_working_day_ends_at_five_here_in_winter_and_in_summer(day, hour):
    assert closing(day) == datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("UTC"))
