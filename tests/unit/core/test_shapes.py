"""The small shapes that pages are drawn from: states, freshness, clocks and columns."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import presenters
from apps.core.presenters import Clock, Column, Freshness, State, columns, hours
from apps.core.privacy import privacy

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
DAY = date(2026, 11, 16)


def running(used, whole=10):
    """A clock of so many hours of which so many are used."""
    opened = NOW - timedelta(hours=used)
    return Clock(opened, opened + timedelta(hours=whole), NOW)


@pytest.mark.parametrize(
    ("used", "part", "kind", "left"),
    [
        (0, 0, "", "10 h left"),
        (7.9, 0.79, "", "2 h left"),
        (8, 0.8, "soon", "2 h left"),
        (10, 1, "soon", "0 h left"),
        (10.1, 1, "over", "0 h over"),
        (34, 1, "over", "24 h over"),
        (58, 1, "over", "2 days over"),
        (-5, 0, "", "15 h left"),
    ],
)
def test_a_clock_of_ten_hours(used, part, kind, left):
    clock = running(used)
    assert (round(clock.part, 2), clock.kind, clock.left) == (part, kind, left)


@given(st.floats(-100, 1000), st.floats(0, 500))
def test_a_clock_never_shows_more_than_all_of_its_time(used, whole):
    clock = running(used, whole)
    assert 0 <= clock.part <= 1
    assert (clock.kind == "over") == (clock.now > clock.due)
    assert clock.left.endswith("over" if clock.kind == "over" else "left")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (0, "0 h"),
        (0.4, "0 h"),
        (0.6, "1 h"),
        (47.4, "47 h"),
        (47.6, "2 days"),
        (48, "2 days"),
        (60, "2 days"),
        (61, "3 days"),
        (240, "10 days"),
    ],
)
def test_hours_become_days_after_two(length, said):
    assert hours(timedelta(hours=length)) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2026, 12, 3, 17, tzinfo=UTC), "due Thu 3 Dec"),
        (datetime(2026, 7, 2, 23, 30, tzinfo=UTC), "due Fri 3 Jul"),  # half past midnight here
    ],
)
def test_a_clock_says_the_day_it_is_due_here(due, said):
    assert Clock(due - timedelta(days=2), due, NOW).window == said


def test_a_clock_begins_this_moment(monkeypatch):
    monkeypatch.setattr(presenters.timezone, "now", lambda: NOW)
    clock = Clock.running(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert (clock.now, clock.part) == (NOW, 0.5)


@pytest.mark.parametrize(
    ("state", "shape"),
    [
        (State.known(DAY), ("known", DAY, None, "")),
        (State.ended(DAY, date(2026, 1, 1)), ("ended", date(2026, 1, 1), DAY, "")),
        (State.clear(), ("clear", None, None, "")),
        (State.unchecked(), ("unchecked", None, None, "source late")),
        (State.unchecked("no source sends this"), ("unchecked", None, None, "no source sends this")),
        (State.held(), ("held", None, None, "")),
    ],
    ids=lambda each: each.kind if isinstance(each, State) else "",
)
def test_the_answers_of_a_service(state, shape):
    assert (state.kind, state.since, state.until, state.reason) == shape


@pytest.mark.parametrize(
    ("fresh", "kind", "text", "short"),
    [
        (Freshness("CAMHS", DAY), "", "CAMHS, as at Mon 16 Nov 2026", "as at Mon 16 Nov 2026"),
        (Freshness("CAMHS", NOW), "", "CAMHS, as at Mon 16 Nov 2026, 12:00", "as at Mon 16 Nov 2026, 12:00"),
        (
            Freshness("CAMHS", DAY, "4 weeks late"),
            "late",
            "CAMHS 4 weeks late: as at Mon 16 Nov 2026",
            "4 weeks late: as at Mon 16 Nov 2026",
        ),
        (Freshness("CAMHS", None), "none", "CAMHS: no file has ever come", "no file has ever come"),
        (
            Freshness("CAMHS", None, "4 weeks late"),
            "none",
            "CAMHS: no file has ever come",
            "no file has ever come",
        ),
    ],
)
def test_how_fresh_a_source_is_in_words(fresh, kind, text, short):
    assert (fresh.kind, fresh.text, fresh.short) == (kind, text, short)


@pytest.mark.parametrize(
    ("word", "column"),
    [
        ("Child", Column("Child")),
        ("Points:r", Column("Points", align="r")),
        ("Choose:nh", Column("Choose", align="n", hidden=True)),
        ("Select:h", Column("Select", hidden=True)),
        (" Child ", Column("Child")),
    ],
)
def test_a_column_from_a_word(word, column):
    assert columns(word) == [column]


def test_columns_may_be_mixed_and_keep_their_order():
    sorted_column = Column("Rating", href="?sort=rating", sort="ascending")
    assert columns(["Child", sorted_column, "Points:r"]) == [
        Column("Child"),
        sorted_column,
        Column("Points", "r"),
    ]
    assert [each.label for each in columns("A|B|C")] == ["A", "B", "C"]


def test_fields_are_classified_once():
    assert privacy("surname dob", "sex", "id") == {
        "surname": "identifying",
        "dob": "identifying",
        "sex": "sensitive",
        "id": "plain",
    }
    with pytest.raises(ValueError, match="'dob' is classified twice"):
        privacy("surname dob", sensitive="dob")
    with pytest.raises(ValueError, match="'dob' is classified twice"):
        privacy("dob dob")
