from decimal import Decimal

import pytest

from apps.extracts.layouts.base import RawRow
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.census_counts import attendance, exclusions, needs


def cells(module, number=2, **data):
    return Cells(RawRow(module, number, data), {})


def missed(**codes):
    return [
        cells("s", number, attendancereason=code, sessions=sessions)
        for number, (code, sessions) in enumerate(codes.items(), 2)
    ]


@pytest.mark.parametrize(
    ("codes", "percent"),
    [
        ({}, "100.0"),
        ({"I": "10.0"}, "90.0"),
        ({"I": "10", "O": "5"}, "85.0"),
        ({"X": "40"}, "100.0"),
        ({"L": "40", "B": "3"}, "100.0"),
        ({"O": "100"}, "0.0"),
    ],
)
def test_attendance_is_what_is_left_of_the_possible_sessions(codes, percent):
    [fact] = attendance([cells("p", possible="100.0")], missed(**codes))
    assert fact.value == Decimal(percent)
    assert fact.detail["possible"] == "100"


def test_more_missed_than_possible_is_a_warning_and_no_fact():
    rows = missed(I="90", O="20")
    assert attendance([cells("p", possible="100")], rows) == []
    assert [problem.code for problem in rows[0].problems] == ["NUMBER_RANGE"]


@pytest.mark.parametrize("possible", ["", "0", "x"])
def test_without_possible_sessions_there_is_no_percent(possible):
    assert attendance([cells("p", possible=possible)], missed(I="1")) == []


def test_an_unheard_code_counts_as_present_with_a_warning():
    rows = missed(QQ="10")
    [fact] = attendance([cells("p", possible="100")], rows)
    assert fact.value == 100
    assert [problem.code for problem in rows[0].problems] == ["CODE_UNKNOWN"]


def test_the_first_rank_is_the_need():
    rows = [cells("n", 2, sentyperank="2.0", sentype="SLCN"), cells("n", 3, sentyperank="1.0", sentype="asd")]
    [fact] = needs(rows)
    assert (fact.text, fact.detail) == ("ASD", {"others": "SLCN"})
    assert needs([]) == []


def test_exclusions_of_one_day_are_told_apart():
    rows = [
        cells("x", number, startdate="2025-Feb-14 00:00:00", category=category, sessions="2")
        for number, category in enumerate(["SUSP", "FIXD", "PERM"], 2)
    ]
    facts = exclusions(rows)
    assert [(fact.code, fact.key) for fact in facts] == [
        ("suspension", "2025-02-14"),
        ("suspension", "2025-02-14/2"),
        ("permanent_exclusion", "2025-02-14"),
    ]


def test_an_exclusion_without_a_day_is_left_out():
    row = cells("x", category="SUSP")
    assert exclusions([row]) == []
    assert row.rejected
