"""Attendance by code and suspensions as flat files."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.registry import LAYOUTS

PERIOD = {
    "surname": "Marsh",
    "forename": "Una",
    "school": "123456",
    "from": "2026-09-01",
    "until": "2026-10-23",
}


def read(layout, *rows):
    return LAYOUTS[layout].interpret(
        Bundle("H801200001001", [RawRow(layout, number, dict(data)) for number, data in enumerate(rows, 2)])
    )


def marks(**sessions):
    return [
        {**PERIOD, "attendancereason": code, "sessions": str(number)} for code, number in sessions.items()
    ]


def test_the_codes_of_a_period_are_one_percentage():
    rows = [*marks(L=3, I=10, U=4, X=20), {**PERIOD, "attendancereason": "/", "sessions": "83"}]
    [fact] = read("attendance_codes", *rows).facts
    assert (fact.key, fact.start_on, fact.value) == ("123456/2026-10-23", date(2026, 10, 23), Decimal("86.0"))
    assert fact.detail == {"possible": "100", "missed": "14", "From": "2026-09-01", "School (URN)": "123456"}


def test_two_periods_are_two_measures():
    later = [{**row, "until": "2026-12-18"} for row in marks(P=50, O=50)]
    assert [fact.value for fact in read("attendance_codes", *marks(P=9, O=1), *later).facts] == [90, 50]


def test_a_period_in_which_nothing_counts_is_no_measure():
    assert read("attendance_codes", *marks(X=20, Y1=4)).facts == []


def test_a_code_of_no_set_is_named_once_and_counts_for_nothing():
    result = read("attendance_codes", *marks(P=10, QQ=5))
    assert [(problem.code, problem.field) for problem in result.problems] == [
        ("CODE_UNKNOWN", "Attendance Code")
    ]
    assert result.facts[0].value == 100


@given(
    st.dictionaries(
        st.sampled_from(sorted(codes.PRESENT | codes.AUTHORISED | codes.UNAUTHORISED)), st.integers(0, 300)
    )
)
def test_attendance_is_never_below_none_or_above_all(sessions):
    rows = [
        {**PERIOD, "attendancereason": code, "sessions": str(number)} for code, number in sessions.items()
    ]
    for fact in read("attendance_codes", *rows).facts:
        assert 0 <= fact.value <= 100


@pytest.mark.parametrize(
    ("category", "measure"),
    [("SUSP", "suspension"), ("FIXD", "suspension"), ("LNCH", "suspension"), ("PERM", "permanent_exclusion")],
)
def test_a_suspension_has_its_category_its_sessions_and_up_to_three_reasons(category, measure):
    row = {
        "startdate": "2026-10-01",
        "category": category,
        "sessions": "4.0",
        "reason1": "DB",
        "reason2": "PA",
        "reason3": "DB",
    }
    [fact] = read("suspensions", row).facts
    assert (fact.code, fact.start_on, fact.value, fact.category) == (measure, date(2026, 10, 1), 4, category)
    assert fact.detail == {"Reasons": "DB, PA"}


def test_an_unknown_reason_is_named_and_kept():
    result = read("suspensions", {"startdate": "2026-10-01", "category": "SUSP", "reason1": "ZZ"})
    assert [problem.code for problem in result.problems] == ["CODE_UNKNOWN"]
    assert result.facts[0].detail == {"Reasons": "ZZ"}


def test_a_suspension_without_its_day_is_rejected():
    result = read("suspensions", {"category": "SUSP"})
    assert ([problem.code for problem in result.problems], result.person, result.facts) == (
        ["VALUE_MISSING"],
        None,
        [],
    )
