"""The arithmetic of a rating, for any scheme and any facts."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as some

from apps.ragp.rules import band_of, recompute, total


@dataclass(frozen=True)
class Band:
    code: str
    rank: int
    from_points: int | None


BANDS = [
    Band("none", 0, None),
    Band("green", 1, 1),
    Band("amber", 2, 7),
    Band("red", 3, 15),
    Band("purple", 4, 25),
]
RANK = {band.code: band.rank for band in BANDS}
points = some.integers(min_value=0, max_value=60)
reasons = some.lists(some.integers(1, 10).map(lambda each: {"rule": f"r{each}", "points": each}), max_size=12)


@pytest.mark.parametrize(
    ("number", "band"),
    [
        (0, "none"),
        (1, "green"),
        (6, "green"),
        (7, "amber"),
        (14, "amber"),
        (15, "red"),
        (24, "red"),
        (25, "purple"),
        (26, "purple"),
    ],
)
def test_a_band_begins_at_its_points(number, band):
    assert band_of(number, BANDS) == band


@given(reasons, reasons)
def test_points_are_additive(some_reasons, others):
    assert total(some_reasons + others) == total(some_reasons) + total(others)


@given(points, points)
def test_more_points_never_make_a_lower_band(fewer, more):
    low, high = sorted((fewer, more))
    assert RANK[band_of(low, BANDS)] <= RANK[band_of(high, BANDS)]


@given(points, some.lists(some.sampled_from(["green", "amber", "red"]), max_size=3))
def test_a_floor_only_lifts(number, floors):
    lifted = RANK[band_of(number, BANDS, floors)]
    assert lifted == max([RANK[band_of(number, BANDS)], *(RANK[floor] for floor in floors)])


@given(reasons)
def test_the_order_of_reasons_does_not_matter(given_reasons):
    floors = {"r8": "amber"}
    assert recompute(given_reasons, BANDS, floors) == recompute(given_reasons[::-1], BANDS, floors)


def test_a_scheme_without_a_band_for_children_not_rated_is_an_error():
    with pytest.raises(ValueError, match="not rated"):
        band_of(0, BANDS[1:])
