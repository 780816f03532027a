"""Weeks as people write them, and the words of a list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from apps.core.errors import Refused
from apps.core.words import school_year
from apps.lists.files import inert, service_words
from apps.lists.presenters import contacts
from apps.lists.weeks import WeekConverter, name_of, week_named


@pytest.mark.parametrize(
    ("text", "monday"),
    [("2026-W47", date(2026, 11, 16)), ("2026-W01", date(2025, 12, 29)), ("2020-w53", date(2020, 12, 28))],
)
def test_a_week_is_its_monday(text, monday):
    assert week_named(text) == monday


@pytest.mark.parametrize("text", ["", "2026", "2026-W54", "2026-W00", "2026-47", "W47", "2026-Wxx"])
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(Refused, match="2026-W47"):
        week_named(text)


@given(some.dates(date(2000, 1, 3), date(2100, 1, 1)))
def test_a_week_survives_its_name(day):
    assert week_named(name_of(day)) == date.fromisocalendar(*day.isocalendar()[:2], 1)


def test_an_impossible_week_is_no_address():
    with pytest.raises(ValueError):
        WeekConverter().to_python("2026-W60")


@pytest.mark.parametrize(
    ("code", "words"), [("9", "Year 9"), ("R", "Reception"), ("n2", "Nursery"), ("", ""), ("9.0", "Year 9")]
)
def test_year_groups_are_said_as_schools_say_them(code, words):
    assert school_year(code) == words


def test_services_are_grouped_by_whom_to_phone():
    told = [
        {"name": "Child in need", "since": "2026-09-05", "who": "Priya Venn", "phone": "1"},
        {"name": "Early help", "since": None, "who": "Sol Whitlow", "phone": "2"},
        {"name": "Social worker", "since": None, "who": "Priya Venn", "phone": "1"},
    ]
    assert [(each.who, [name for name, _ in each.services]) for each in contacts(told)] == [
        ("Priya Venn", ["Child in need", "Social worker"]),
        ("Sol Whitlow", ["Early help"]),
    ]
    assert service_words(told[0]) == "Child in need since 5 Sep 2026 (Priya Venn, 1)"


@given(some.text(max_size=12))
def test_inert_text_never_begins_with_what_runs_and_keeps_its_words(text):
    made = inert(text)
    assert made.endswith(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))
