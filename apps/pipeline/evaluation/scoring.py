"""How good an outcome is: pairs of records, counted. No database, no clock.

A pair is two record ids of the file. It is linked when both belong to one child at the end; two versions of one record always do. It is
asked when it is not linked and an open question stands between the two children: the questioned record's, and a candidate.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import comb
from typing import NamedTuple

Asked = set[frozenset[int]]


class Pairs(NamedTuple):
    """Pairs of records by what became of them; ``known`` are all pairs that are one child in truth."""

    linked: int
    true: int
    false: int
    known: int
    asked: int

    @property
    def precision(self) -> float | None:
        """Of the linked pairs whose truth is given, the share that is right; None where there is none."""
        return share(self.true, self.true + self.false)

    @property
    def recall(self) -> float | None:
        """Of the pairs that are one child, the share that is linked."""
        return share(self.true, self.known)

    @property
    def recall_with_questions(self) -> float | None:
        """Of the pairs that are one child, the share that is linked or asked about."""
        return share(self.true + self.asked, self.known)


def share(part: int, whole: int) -> float | None:
    """A share to six places; None of nothing."""
    return round(part / whole, 6) if whole else None


def linked_pairs(entity: Mapping[str, int]) -> int:
    """How many pairs of records are of one child at the end."""
    return pairs_within(entity.values())


def pairs_within(groups: Iterable[object]) -> int:
    """How many pairs are of one group."""
    return sum(comb(size, 2) for size in Counter(groups).values())


def count(entity: Mapping[str, int], truth: Mapping[str, str], asked: Asked) -> Pairs:
    """The pairs of records whose truth is given, without ever listing them one by one."""
    both = Counter((truth[record], entity[record]) for record in truth)
    within = pairs_within(entity[record] for record in truth)
    true = sum(comb(size, 2) for size in both.values())
    sizes: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for (child, found), size in both.items():
        sizes[child][found] = size
    between = sum(
        one[a] * one[b]
        for one in sizes.values()
        for a, b in combinations(one, 2)
        if frozenset((a, b)) in asked
    )
    return Pairs(linked_pairs(entity), true, within - true, pairs_within(truth.values()), between)
