"""Small numbers: withheld, and never to be worked out from what is told."""

from hypothesis import given
from hypothesis import strategies as st

from apps.reports.rules import FEW, groups, parted, per_10_000, percent, withheld

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


def test_keys_have_one_part_or_two():
    assert (parted("red"), parted("red/amber"), parted("a/b/c")) == (
        ("red", ""),
        ("red", "amber"),
        ("a/b", "c"),
    )


def test_rates_and_shares():
    assert (per_10_000(38, 20_000), percent(1, 3), percent(0, 0)) == (19.0, 33, 0)
