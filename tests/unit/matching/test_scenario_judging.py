"""The suite's own judge: what it calls wrong, and that a seed always tells the same story."""

from pathlib import Path

import pytest

from tests.matching_scenarios.judging import Verdict, complaint, false_links
from tests.matching_scenarios.making import staged, write
from tests.matching_scenarios.stage import COLUMNS, Expectation


@pytest.mark.parametrize(
    ("expect", "fails"), [("link", "apart"), ("ask", "apart"), ("never", "linked"), ("may", "")]
)
def test_each_expectation_has_the_one_outcome_that_breaks_it(expect, fails):
    pair = Expectation("twins", "r1", "r2", expect)
    broken = [became for became in ("linked", "asked", "apart") if complaint(pair, became)]
    assert broken == ([fails] if fails else [])


def test_a_false_link_is_named_whatever_kind_it_is_of():
    assert false_links({"r1": 1, "r2": 1, "r3": 2}, {"r1": "a", "r2": "b", "r3": "b"}) == [("r1", "r2")]
    assert false_links({"r1": 1, "r2": 1}, {"r1": "a", "r2": "a"}) == []
    verdict = Verdict(3, {}, [(Expectation("twins", "r1", "r2", "never"), "linked")], [("r1", "r2")])
    assert verdict.wrong == [
        "seed 3: twins: r1 and r2 are linked and must never be",
        "seed 3: false link of r1 and r2",
    ]


def test_a_seed_is_always_the_same_and_no_other_seed(tmp_path: Path):
    for folder, seed in (("once", 5), ("again", 5), ("other", 6)):
        staged.cache_clear()
        write(seed, tmp_path / folder)
    for name in ("PEOPLE.csv", "TRUTH.csv", "EXPECT.csv"):
        once, again, other = ((tmp_path / f / name).read_text() for f in ("once", "again", "other"))
        assert once == again != other


def test_no_two_children_share_a_number_by_chance():
    stage = staged(5)
    children: dict[str, set[str]] = {}
    for row in stage.rows:
        if stage.kind_of[row["record_id"]] == "background" and row["nhs_number"]:
            children.setdefault(row["nhs_number"], set()).add(stage.truth[row["record_id"]])
    assert children and all(len(each) == 1 for each in children.values())
    assert all(set(row) == set(COLUMNS) for row in stage.rows)
