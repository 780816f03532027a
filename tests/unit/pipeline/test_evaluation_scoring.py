"""Pairs are counted by groups; here they are counted one by one beside it."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from apps.pipeline.evaluation import scoring

OUTCOMES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), max_size=14)
ASKED = st.sets(
    st.tuples(st.integers(1, 5), st.integers(1, 5)).filter(lambda pair: pair[0] != pair[1]).map(frozenset)
)


@given(OUTCOMES, ASKED)
def test_counting_by_groups_is_counting_every_pair(
    outcomes: list[tuple[str, int]], asked: set[frozenset[int]]
) -> None:
    truth = {str(n): child for n, (child, _) in enumerate(outcomes)}
    entity = {str(n): found for n, (_, found) in enumerate(outcomes)}
    pairs = list(combinations(truth, 2))
    same = [(a, b) for a, b in pairs if truth[a] == truth[b]]

    counted = scoring.count(entity, truth, asked)

    assert counted.linked == sum(entity[a] == entity[b] for a, b in pairs)
    assert counted.true == sum(entity[a] == entity[b] for a, b in same)
    assert counted.false == counted.linked - counted.true
    assert counted.known == len(same)
    assert counted.asked == sum(frozenset((entity[a], entity[b])) in asked for a, b in same)


def test_nothing_has_no_share() -> None:
    counted = scoring.count({}, {}, set())
    assert (counted.precision, counted.recall, counted.recall_with_questions) == (None, None, None)


def test_a_record_whose_truth_is_not_given_is_linked_but_neither_right_nor_wrong() -> None:
    counted = scoring.count({"1": 7, "2": 7, "3": 7}, {"1": "x", "2": "x"}, set())
    assert (counted.linked, counted.true, counted.false, counted.known) == (3, 1, 0, 1)
