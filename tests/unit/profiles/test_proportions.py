"""Shares with their intervals, and figures too small to be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.profiles.proportions import FEW, told, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
        (1, 30, 0.0059, 0.1667),
    ],
)
def test_the_interval_is_wilsons(part, whole, low, high):
    found = wilson(part, whole)
    assert found == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


@given(st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share_and_stays_between_nothing_and_all(counts):
    part, whole = counts
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-12 and part / whole - 1e-12 <= high <= 1


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1))
def test_no_small_figure_is_told_nor_left_over_by_subtraction(figures):
    shown = told(figures)
    assert not any(number is not None and 0 < number < FEW for number in shown.values())
    hidden = [name for name, number in shown.items() if number is None]
    if len(hidden) == 1:
        # then every other figure is zero or there is none: the whole itself is under FEW
        assert sum(number for number in figures.values()) < FEW
    assert all(shown[name] in (None, number) for name, number in figures.items())
