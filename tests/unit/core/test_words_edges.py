"""Ages and spans at their edges, and what holds between them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import words

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (62, "8 weeks"),
        (63, "2 months"),
        (89, "2 months"),
        (90, "3 months"),
        (729, "24 months"),
        (730, "2 years"),
        (1094, "2 years"),
        (1095, "3 years"),
    ],
)
def test_a_span_is_told_in_the_largest_unit_that_says_something(days, said):
    assert words.span(days) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (-1, "in 1 day"),
        (-14, "in 2 weeks"),
        (365, "12 months ago"),
    ],
)
def test_ago_looks_both_ways(days, said):
    assert words.ago(TODAY - timedelta(days=days), TODAY) == said


def test_ago_of_a_moment_is_counted_in_local_days():
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert words.ago(late, date(2026, 7, 2)) == "today"
    assert words.ago(late, date(2026, 7, 3)) == "yesterday"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2025, 12, 15), date(2026, 1, 15), 1),
        (date(2026, 2, 15), date(2026, 1, 15), -1),
    ],
)
def test_whole_months(start, end, months):
    assert words.months_between(start, end) == months


@given(DAYS, st.integers(0, 4000))
def test_months_grow_with_the_days_and_never_jump(start, days):
    end = start + timedelta(days=days)
    step = words.months_between(start, end + timedelta(days=1)) - words.months_between(start, end)
    assert step in (0, 1)
    assert words.months_between(start, end) <= days / 28


@given(DAYS, st.integers(-400, 9500))
def test_an_age_in_a_row_is_the_age_of_the_page_or_its_years(born, days):
    on = born + timedelta(days=days)
    short, whole = words.short_age(born, on), words.age(born, on)
    assert short == whole or whole.startswith(words.count(int(short), "year"))


@pytest.mark.parametrize(
    ("days", "short"),
    [
        (-1, "not born yet"),
        (0, "0 weeks"),
        (27, "3 weeks"),
        (365, "12 months"),
        (729, "23 months"),
        (730, "2"),
    ],
)
def test_the_youngest_are_told_in_weeks_and_months(days, short):
    assert words.short_age(date(2021, 3, 1), date(2021, 3, 1) + timedelta(days=days)) == short


def test_a_child_not_born_yet_is_nought_years_in_a_row():
    assert words.years(date(2027, 1, 1), TODAY) == "0"


@pytest.mark.parametrize(
    ("number", "noun", "plural", "said"),
    [
        (0, "row", "", "0 rows"),
        (1, "row", "", "1 row"),
        (2, "child", "children", "2 children"),
        (1234567, "row", "", "1,234,567 rows"),
    ],
)
def test_things_are_counted_in_english(number, noun, plural, said):
    assert words.count(number, noun, plural) == said


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("9434765919", "943 476 5919"),
        ("943 476 5919", "943 476 5919"),
        ("943476591", "943476591"),
        ("94347659190", "94347659190"),
        ("ABCDEFGHIJ", "ABCDEFGHIJ"),
        (None, ""),
        ("", ""),
    ],
)
def test_only_ten_digits_are_an_nhs_number_in_groups(given, shown):
    assert words.nhs(given) == shown


@given(st.from_regex(r"0[0-9]{10}", fullmatch=True))
def test_a_grouped_telephone_number_keeps_its_digits(number):
    assert words.phone(number).replace(" ", "") == number
    assert words.phone(words.phone(number)) == words.phone(number)


@pytest.mark.parametrize(
    ("surname", "forename", "said"),
    [
        ("Marsh", "Una", "MARSH, Una"),
        ("Marsh", "", "MARSH"),
        ("", "Una", "Una"),
        (None, None, "Name not known"),
        ("strauß", "", "STRAUSS"),
    ],
)
def test_a_name_in_a_list_is_never_blank(surname, forename, said):
    assert words.list_name(surname, forename) == said


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening"), (23, "evening")],
)
def test_the_greeting_goes_by_the_hour_here(monkeypatch, hour, part):
    monkeypatch.setattr(words.timezone, "localtime", lambda: datetime(2026, 11, 16, hour, 30, tzinfo=UTC))
    assert words.welcome("Priya") == f"Good {part}, Priya"
    assert words.welcome("") == f"Good {part}"


def test_when_somebody_last_signed_in_and_what_changed_since():
    last = datetime(2026, 11, 13, 16, 48, tzinfo=UTC)
    assert words.signed_in(last).endswith("last signed in Fri 13 Nov 2026, 16:48")
    assert "first time here" in words.signed_in(None)
    assert words.changed_since(6, last).startswith("6 changed since Fri 13 Nov 2026")
    assert words.changed_since(0, last).startswith("None changed since Fri")
    assert words.changed_since(None, None) == "None changed"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (5, 5, "0"),
        (5, 4, ""),
        (4, 5, ""),
        (0, 5, "−5"),
        (5, 0, "+5"),
        (0, 0, "0"),
        (1, 1, ""),
        (1234, 0, "+1,234"),
    ],
)
def test_a_difference_at_the_edge_of_what_may_be_told(now, before, said):
    assert words.difference(now, before) == said


@given(st.integers(0, 500), st.integers(0, 500))
def test_no_difference_leads_back_to_a_figure_under_five(now, before):
    told = words.difference(now, before)
    if 0 < now < 5 or 0 < before < 5:
        assert told == ""
    else:
        assert int(told.replace("−", "-")) == now - before
