"""Who may be the second person, which child keeps its page, what may leave a child, and how sure a sample makes us."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.matching.acts import rules
from apps.matching.acts.rules import Standing
from apps.matching.models import Act
from apps.matching.rules import FieldLine
from apps.pipeline.linkage.outlook import hangs_on_it
from apps.pipeline.linkage.quality import wilson
from apps.pipeline.linkage.weights import weighed

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def test_every_state_has_its_way_and_only_ends_have_none():
    assert set(rules.WAY) == set(Act.State)
    assert {state for state, ways in rules.WAY.items() if not ways} == {Act.State.REFUSED, Act.State.UNDONE}


@pytest.mark.parametrize(
    ("one", "two", "first"),
    [
        (Standing(9, ""), Standing(1, "question"), True),
        (Standing(1, "nameless"), Standing(9, "question"), False),
        (Standing(1, ""), Standing(9, ""), True),
        (Standing(9, ""), Standing(1, ""), False),
    ],
)
def test_the_child_that_stands_for_itself_keeps_its_page_then_the_older(one, two, first):
    assert rules.keeps(one, two) is first
    assert rules.keeps(two, one) is not first


@pytest.mark.parametrize("state", Act.State)
def test_only_what_is_proposed_by_somebody_else_can_be_approved(state):
    act = Act(state=state, by=1)
    assert bool(rules.check_second(act, 1))
    assert bool(rules.check_second(act, 2)) is (state != Act.State.PROPOSED)


@pytest.mark.parametrize(
    ("chosen", "held", "fits"),
    [([], [1, 2], False), ([1], [1, 2], True), ([1, 2], [1, 2], False), ([3], [1, 2], False)],
)
def test_some_records_leave_and_some_stay(chosen, held, fits):
    for kind in (Act.Kind.SPLIT, Act.Kind.MOVE):
        assert (rules.check_leaving(chosen, held, kind) == "") is fits


def test_a_claim_holds_for_a_quarter_of_an_hour_against_others():
    assert rules.held_by_other(1, NOW - timedelta(minutes=14), 2, NOW)
    assert not rules.held_by_other(1, NOW - timedelta(minutes=15), 2, NOW)
    assert not rules.held_by_other(1, NOW, 1, NOW)
    assert not rules.held_by_other(None, None, 2, NOW)


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_rate_and_stays_within_bounds(wrong, looked):
    wrong = min(wrong, looked)
    low, high = wilson(wrong, looked)
    assert 0 <= low <= 100 * wrong / looked + 1e-9 and 100 * wrong / looked - 1e-9 <= high <= 100
    assert high > low


def test_nothing_wrong_of_twenty_is_not_called_certain():
    low, high = wilson(0, 20)
    assert low == 0 and high == pytest.approx(16.1, abs=0.1)
    assert wilson(0, 0) == (0.0, 100.0)


def test_more_hangs_on_a_higher_rating_and_on_one_that_would_change():
    ranks = {"none": 0, "green": 1, "amber": 2, "red": 3}
    order = [
        hangs_on_it("none", "none", "none", ranks), hangs_on_it("none", "green", "none", ranks),
        hangs_on_it("red", "red", "none", ranks), hangs_on_it("amber", "red", "none", ranks),
    ]  # fmt: skip
    assert order == sorted(set(order))


def test_weights_are_read_where_they_are_and_missing_ones_stay_missing():
    lines = [
        FieldLine("Surname", "a", "a", "agrees", "exact", 7.0),
        FieldLine("Born", "x", "y", "differs", "conflict", -3.5),
        FieldLine("Sex", "", "", "missing"),
    ]
    told = weighed(lines)
    assert [each.shown for each in told] == ["+7.0", "−3.5", ""]
    assert [each.part for each in told] == [1.0, 0.5, 0.0]
    assert [each.shown for each in weighed(lines[2:])] == [""]
