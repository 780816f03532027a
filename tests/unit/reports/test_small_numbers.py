"""Small numbers: withheld, and never to be worked out from what is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.figures import FIGURES
from apps.reports.models import Report
from apps.reports.reading import Reading
from apps.reports.rules import FEW, groups, parted, per_10_000, percent, withheld
from apps.reports.sections import section

LETTERS = st.sampled_from("abcde")
CROSSED = st.dictionaries(st.tuples(LETTERS, LETTERS).map("/".join), st.integers(0, 30), min_size=1)
WAYS = st.sets(st.sampled_from(["all", "rows", "columns"]))


@given(CROSSED, WAYS)
def test_every_small_number_is_withheld_and_no_sum_gives_one_away(cells, ways):
    sums = groups(cells, ways)
    hidden = withheld(cells, sums)
    assert {key for key, number in cells.items() if 0 < number < FEW} <= hidden
    for group in sums:
        inside = [cells[key] for key in group if key in hidden]
        rest = [key for key in group if key not in hidden and cells[key]]
        assert not inside or not rest or (len(inside) > 1 and sum(inside) >= FEW)


@given(CROSSED, WAYS)
def test_where_nothing_is_small_everything_is_told(cells, ways):
    large = {key: number + FEW for key, number in cells.items()}
    assert withheld(large, groups(large, ways)) == frozenset()


@given(st.dictionaries(LETTERS, st.integers(1, 30), min_size=2))
def test_of_a_told_sum_no_single_number_is_the_only_one_that_fits(cells):
    """With the sum known, each withheld number could be another one as well."""
    hidden = sorted(withheld(cells, groups(cells, {"all"})))
    told = sum(number for key, number in cells.items() if key not in hidden)
    left = sum(cells.values()) - told
    assert not hidden or left > len(hidden) or len(hidden) == len(cells)


def test_nought_is_told_and_the_next_smallest_goes_with_a_single_small_number():
    assert withheld({"a": 0, "b": 3, "c": 9, "d": 20}, [["a", "b", "c", "d"]]) == {"b", "c"}
    assert withheld({"a": 1, "b": 2, "c": 9, "d": 20}, [["a", "b", "c", "d"]]) == {"a", "b", "c"}
    assert withheld({"a": 3, "b": 9}, []) == {"a"}


def test_of_what_came_and_went_one_part_never_gives_the_other():
    """Caseloads are told: 25 a week ago, 24 now, none new, so one has ended. Of such a row nothing is told."""
    figures = {"turnover": {"looked_after/ended": 1, "camhs/new": 14, "camhs/ended": 2, "ehcp/new": 5}}
    report = Report(week=date(2026, 11, 16), figures=figures, basis={})
    told = Reading(report, whole=False).now("turnover")
    withheld_ones = {key for key, number in told.items() if number is None}
    assert withheld_ones == {
        f"{row}/{column}" for row in ("looked_after", "camhs") for column in ("new", "ended")
    }
    assert told["ehcp/new"] == 5
    assert Reading(report, whole=True).now("turnover") == figures["turnover"]


@pytest.mark.parametrize(("begun", "beneath"), [(True, "−110"), (False, "")])
def test_what_came_in_the_first_week_of_all_is_nothing_to_compare_with(begun, beneath):
    before, now = (
        Report(week=week, figures={"turnover": {"camhs/new": new}}, basis={"begun": held})
        for week, new, held in ((date(2026, 11, 9), 120, begun), (date(2026, 11, 16), 10, True))
    )
    reading = Reading(now, True, before)
    reading.__dict__["bands"] = {}
    [row] = section(reading, FIGURES["turnover"]).rows
    assert row.cells[0].before == beneath


def test_keys_have_one_part_or_two():
    assert (parted("red"), parted("red/amber"), parted("a/b/c")) == (
        ("red", ""),
        ("red", "amber"),
        ("a/b", "c"),
    )


def test_rates_and_shares():
    assert (per_10_000(38, 20_000), percent(1, 3), percent(0, 0)) == (19.0, 33, 0)
