"""Dates, ages and spans read as the pages need them."""

from datetime import UTC, date, datetime

import pytest

from apps.core import words

BORN = date(2013, 3, 14)


def test_days_and_moments():
    assert words.day(date(2026, 11, 9)) == "9 Nov 2026"
    assert words.longday(date(2026, 11, 9)) == "Mon 9 Nov 2026"
    assert words.moment(datetime(2026, 11, 16, 6, 10, tzinfo=UTC)) == "Mon 16 Nov 2026, 06:10"
    assert words.moment(date(2026, 11, 16)) == "Mon 16 Nov 2026"


def test_moments_are_told_in_local_time():
    assert words.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thu 2 Jul 2026, 00:30"
    assert words.day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 Jul 2026"


def test_nothing_is_told_of_no_day():
    assert words.day(None) == words.longday(None) == words.moment(None) == ""


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2013, 3, 20), "0 weeks"),
        (date(2013, 3, 28), "2 weeks"),
        (date(2013, 4, 13), "4 weeks"),
        (date(2013, 4, 14), "1 month"),
        (date(2015, 3, 13), "23 months"),
        (date(2015, 3, 14), "2 years"),
        (date(2026, 11, 16), "13 years 8 months"),
        (date(2027, 3, 13), "13 years 11 months"),
        (date(2013, 1, 1), "not born yet"),
    ],
)
def test_ages(on, said):
    assert words.age(BORN, on) == said


def test_an_age_nobody_knows():
    assert words.age(None) == "age not known"
    assert words.years(None) == ""
    assert words.years(BORN, date(2026, 11, 16)) == "13"


def test_a_birthday_on_a_leap_day():
    assert words.age(date(2020, 2, 29), date(2025, 2, 28)) == "4 years 11 months"
    assert words.age(date(2020, 2, 29), date(2025, 3, 1)) == "5 years"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 16), "today"),
        (date(2026, 11, 15), "yesterday"),
        (date(2026, 11, 12), "4 days ago"),
        (date(2026, 10, 19), "4 weeks ago"),
        (date(2026, 6, 16), "5 months ago"),
        (date(2023, 11, 16), "3 years ago"),
        (date(2026, 11, 26), "in 10 days"),
        (None, "never"),
    ],
)
def test_how_long_ago(day, said):
    assert words.ago(day, date(2026, 11, 16)) == said


def test_counts_and_numbers():
    assert words.count(1, "child", "children") == "1 child"
    assert words.count(1204, "child", "children") == "1,204 children"
    assert words.number(None) == ""
    assert words.nhs("9992041188") == "999 204 1188"
    assert words.nhs("99920411") == "99920411"


def test_names_in_lists():
    assert words.list_name("Okafor-Bright", "Tamsin") == "OKAFOR-BRIGHT, Tamsin"
    assert words.list_name("", "") == "Name not known"
    assert words.list_name("Åkesson", "") == "ÅKESSON"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(12, 9, "+3"), (7, 9, "−2"), (9, 9, "0"), (3, 9, ""), (9, 3, ""), (None, 9, "")],
)
def test_a_difference_never_gives_a_small_number_away(now, before, said):
    assert words.difference(now, before) == said


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("01632960300", "01632 960 300"),
        ("02079460300", "020 7946 0300"),
        ("01632 960300", "01632 960300"),
        ("101", "101"),
    ],
)
def test_telephone_numbers_are_grouped_only_where_nobody_did(held, shown):
    assert words.phone(held) == shown
