"""What a rating says for each kind of reason, and the arithmetic behind it at its edges."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.presenters import Cause
from apps.ragp.presenters import OTHER_SERVICES, causes, explain, reason_of, sees, source_of, worded
from apps.ragp.rules import band_of, recompute, total


@dataclass
class Band:
    code: str
    rank: int
    from_points: int | None


@dataclass
class Assessed:
    contributions: list[dict[str, Any]]


BANDS = [
    Band("none", 0, None),
    Band("green", 1, 1),
    Band("amber", 2, 7),
    Band("red", 3, 15),
    Band("purple", 4, 25),
]


def reason(points=3, service="camhs", **fields):
    return {"rule": "r", "sentence": "CAMHS", "points": points, "service": service, **fields}


@pytest.mark.parametrize(
    ("contribution", "said"),
    [
        ({"sentence": "Looked after"}, "Looked after"),
        ({"sentence": "Attendance below 80%", "value": 74}, "Attendance below 80% (74%)"),
        ({"sentence": "Attendance below 80%", "value": 74.5}, "Attendance below 80% (74.5%)"),
        ({"sentence": "Attendance below 80%", "value": 0}, "Attendance below 80% (0%)"),
        ({"sentence": "High score", "value": 17.0}, "High score (17)"),
        ({"sentence": "Suspended", "times": 1}, "Suspended"),
        ({"sentence": "Suspended", "times": 3}, "Suspended (3 times)"),
        ({"sentence": "Suspended", "times": 3, "value": 9}, "Suspended (3 times)"),
        ({"sentence": "Suspended", "times": 1, "value": 9}, "Suspended"),
        ({"sentence": "High score", "value": None}, "High score"),
    ],
)
def test_a_reason_says_the_number_behind_it(contribution, said):
    assert worded(contribution) == said


def test_a_reason_as_a_page_shows_it():
    found = reason_of(reason("4", feed="camhs", since="2026-09-03", lapses="2026-12-03"))
    assert (found.label, found.points, found.service, found.source, found.feed) == (
        "CAMHS",
        4,
        "camhs",
        "Health",
        "camhs",
    )
    assert (found.since, found.lapses) == (date(2026, 9, 3), date(2026, 12, 3))


@pytest.mark.parametrize("missing", [{}, {"since": None, "lapses": None}, {"since": "", "lapses": ""}])
def test_a_reason_without_days_is_shown_all_the_same(missing):
    found = reason_of(reason(**missing))
    assert (found.since, found.lapses, found.feed) == (None, None, "")


@pytest.mark.parametrize(
    ("service", "source"),
    [
        ("looked_after", "Children's social care"),
        ("ehcp", "Special educational needs and disabilities"),
        ("vemt", "Exploitation"),
        ("fax", "fax"),
    ],
)
def test_a_reason_is_told_with_the_field_of_work_it_comes_from(service, source):
    assert source_of(service) == source


@pytest.mark.parametrize(
    ("seen", "may"),
    [
        ("all", True),
        ({"camhs"}, True),
        (["vemt"], False),
        (set(), False),
        (lambda each: True, True),
        (lambda each: False, False),
    ],
)
def test_who_may_see_a_reason(seen, may):
    assert sees(seen, reason()) is may
    told = explain(Assessed([reason()]), seen)
    assert (len(told.reasons), told.others, told.whole) == (int(may), not may, may)
    assert told.points == (3 if may else None)
    assert told.lines == (["CAMHS"] if may else [OTHER_SERVICES])


def test_nothing_counts_and_nothing_is_held_back():
    told = explain(Assessed([]), set())
    assert (told.points, told.others, told.lines) == (0, False, [])


def test_what_was_gained_has_its_day_and_what_was_lost_has_none():
    told = causes(
        [reason(since="2026-09-03")], [reason(service="vemt", sentence="VEMT", since="2026-01-01")], "all"
    )
    assert told == [Cause("+", "CAMHS", "Health, 3 Sep 2026"), Cause("-", "VEMT", "Exploitation")]


@pytest.mark.parametrize(
    ("gained", "lost", "signs"),
    [
        ([], [], ""),
        (["vemt"], [], "?"),
        (["vemt"], ["vemt", "vemt"], "?"),
        (["camhs"], ["vemt"], "+?"),
        (["camhs"], ["camhs"], "+-"),
    ],
)
def test_however_many_are_held_back_they_make_one_line(gained, lost, signs):
    told = causes(
        [reason(service=each) for each in gained], [reason(service=each) for each in lost], {"camhs"}
    )
    assert "".join(cause.sign for cause in told) == signs


# arithmetic


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (-5, "none"),
        (0, "none"),
        (1, "green"),
        (6, "green"),
        (7, "amber"),
        (14, "amber"),
        (15, "red"),
        (24, "red"),
        (25, "purple"),
        (99, "purple"),
    ],
)
def test_where_each_band_begins(points, band):
    assert band_of(points, BANDS) == band


@pytest.mark.parametrize(
    ("points", "floors", "band"),
    [
        (0, ["red"], "red"),
        (3, ["red"], "red"),
        (30, ["red"], "purple"),
        (3, ["amber", "red"], "red"),
        (3, ["unheard of"], "green"),
        (0, ["none"], "none"),
        (15, ["amber"], "red"),
    ],
)
def test_a_floor_lifts_and_never_lowers(points, floors, band):
    assert band_of(points, BANDS, floors) == band


@pytest.mark.parametrize(
    ("given", "points"),
    [([], 0), ([reason(3), reason(4)], 7), ([reason("3"), reason(-1)], 2)],
    ids=["none", "two", "text and minus"],
)
def test_points_are_added_and_nothing_else(given, points):
    assert total(given) == points


def test_a_band_is_worked_out_again_from_its_own_reasons():
    given = [reason(3), {**reason(2), "rule": "cp"}]
    assert recompute(given, BANDS, {}) == "green"
    assert recompute(given, BANDS, {"cp": "red"}) == "red"
    assert recompute(given, BANDS, {"r": "", "cp": ""}) == "green"
    assert recompute([], BANDS, {"cp": "red"}) == "none"


@given(st.integers(-5, 40), st.permutations(BANDS), st.lists(st.sampled_from([band.code for band in BANDS])))
def test_the_order_of_bands_and_floors_does_not_matter(points, bands, floors):
    assert band_of(points, bands, floors) == band_of(points, BANDS, reversed(floors))


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["camhs", "vemt", "ehcp"]))),
    st.sets(st.sampled_from(["camhs", "vemt", "ehcp"])),
)
def test_what_is_shown_never_adds_up_to_what_is_held_back(given, seen):
    told = explain(Assessed([reason(points, service) for points, service in given]), seen)
    assert {each.service for each in told.reasons} <= seen
    assert (told.points is None) == told.others == any(service not in seen for _points, service in given)
    assert told.lines.count(OTHER_SERVICES) == int(told.others)
