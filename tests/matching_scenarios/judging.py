"""What became of each expected pair, and what of it is wrong."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from apps.pipeline.evaluation.linking import link
from apps.pipeline.evaluation.reading import read_people, read_truth
from apps.pipeline.evaluation.reporting import asked, figures
from tests.matching_scenarios.making import staged, write
from tests.matching_scenarios.stage import Expectation

Became = Literal["linked", "asked", "apart"]


@dataclass
class Verdict:
    """One seed's figures, and its pairs by what was expected and what became of them."""

    seed: int
    figures: dict[str, Any]
    pairs: list[tuple[Expectation, Became]]
    false: list[tuple[str, str]] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Each broken expectation, in words that name its kind and records."""
        broken = [said for pair, became in self.pairs if (said := complaint(pair, became))]
        return [f"seed {self.seed}: {said}" for said in broken] + [
            f"seed {self.seed}: false link of {a} and {b}" for a, b in self.false
        ]

    def by_kind(self) -> dict[str, Counter[tuple[str, str]]]:
        """For each kind, how often what was expected became what."""
        found: dict[str, Counter[tuple[str, str]]] = {}
        for pair, became in self.pairs:
            found.setdefault(pair.kind, Counter())[pair.expect, became] += 1
        return found


def complaint(pair: Expectation, became: Became) -> str:
    """What is wrong with what became of a pair; empty where nothing is."""
    if pair.expect == "never" and became == "linked":
        return f"{pair.kind}: {pair.a} and {pair.b} are linked and must never be"
    if pair.expect in ("link", "ask") and became == "apart":
        return f"{pair.kind}: {pair.a} and {pair.b} are silently apart"
    return ""


def judged(seed: int) -> Verdict:
    """Put a seed's files to the real linker."""
    with TemporaryDirectory() as folder:
        write(seed, Path(folder))
        people = read_people(Path(folder) / "PEOPLE.csv")
        truth = read_truth(Path(folder) / "TRUTH.csv", people)
    outcome = link(people)
    questions = asked(outcome)

    def became(a: str, b: str) -> Became:
        one, two = outcome.entity[a], outcome.entity[b]
        return "linked" if one == two else "asked" if frozenset((one, two)) in questions else "apart"

    pairs = [(pair, became(pair.a, pair.b)) for pair in staged(seed).expected]
    return Verdict(seed, figures(people, outcome, truth), pairs, false_links(outcome.entity, truth))


def false_links(entity: dict[str, int], truth: dict[str, str]) -> list[tuple[str, str]]:
    """A pair of records for each two children that are linked and should not be."""
    seen: dict[int, dict[str, str]] = {}
    for record, child in entity.items():
        seen.setdefault(child, {}).setdefault(truth[record], record)
    return [
        (records[0], other)
        for held in seen.values()
        if len(records := list(held.values())) > 1
        for other in records[1:]
    ]
