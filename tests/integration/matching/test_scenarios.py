"""The scenario suite: whatever the seed, no child is taken for another, and nobody is lost without a person being asked."""

import pytest

from tests.matching_scenarios.judging import Verdict, judged
from tests.matching_scenarios.kinds import KINDS
from tests.matching_scenarios.making import staged

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEEDS = range(1, 21)
RECALL, UNDECIDED = 0.80, 0.12


def test_there_are_kinds_enough_and_each_says_what_it_expects() -> None:
    assert len(KINDS) >= 30
    assert {pair.kind for pair in staged(1).expected} == set(KINDS)
    assert all(kind.__doc__ for kind in KINDS.values())


def test_no_expectation_contradicts_the_truth() -> None:
    for seed in SEEDS:
        stage = staged(seed)
        for pair in stage.expected:
            same = stage.truth[pair.a] == stage.truth[pair.b]
            assert same == (pair.expect != "never"), pair


@pytest.mark.parametrize("seed", SEEDS)
def test_no_false_link_nothing_forbidden_nothing_missed(seed: int) -> None:
    verdict = judged(seed)
    assert verdict.wrong == []
    assert verdict.figures["false_pairs"] == 0
    assert verdict.figures["recall"] > RECALL
    assert share_undecided(verdict) <= UNDECIDED


def share_undecided(verdict: Verdict) -> float:
    """Of all records, those a person is asked about."""
    return float(verdict.figures["undecided_records"]) / float(verdict.figures["records"])
