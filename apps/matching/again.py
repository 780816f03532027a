"""Records judged once more: what stays, what leaves its child, and what an open question has become."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apps.matching.compare.accounts import Account
from apps.matching.hearing import join
from apps.matching.judging import Outcome, weigh
from apps.matching.linkage.model import Model


class Standing(NamedTuple):
    """Where a record stands that is put to the passes again."""

    local_id: str
    record: int
    child: int
    question: int | None
    rule: str
    asked: Sequence[int]
    by_person: bool
    nameless: bool
    provisional: bool
    whole: bool
    records: Sequence[int]

    @property
    def alone(self) -> bool:
        """Whether the child has no other record."""
        return list(self.records) == [self.record]

    @property
    def as_one(self) -> bool:
        """Whether all records of the child are judged together: a provisional one goes where its question goes."""
        return self.question is not None or self.provisional or self.alone


@dataclass(frozen=True, slots=True)
class Placed:
    """What is to be written of a record: the answer, and its child where that is decided; None stands for a new one."""

    match: str
    child: int | None
    outcome: Outcome


KEPT = Outcome("kept")


def place(standing: Standing, outcome: Outcome) -> Placed:
    """What becomes of a record known already, now that it has been judged once more."""
    if outcome.match == "linked":
        return Placed("kept" if outcome.child == standing.child else "linked", outcome.child, outcome)
    if not standing.as_one and standing.by_person:
        return Placed("doubt", standing.child, Outcome("doubt", "left"))
    own = standing.child if standing.as_one else None
    settled = (
        standing.question is None and not standing.provisional and not (standing.nameless and standing.whole)
    )
    if outcome.match == "question":
        asked = {each.child for each in outcome.candidates}
        if standing.question is not None and asked == set(standing.asked):
            return Placed("kept", standing.child, KEPT)
        if (
            settled
            and standing.alone
            and all(standing.child in each.undecided for each in outcome.candidates)
        ):
            return Placed(
                "kept", standing.child, KEPT
            )  # each of them is asked already whether it is this child
        return Placed("question", own, outcome)
    if standing.as_one and settled:
        return Placed("kept", standing.child, KEPT)
    return Placed(
        "new" if standing.whole else "nameless", own, Outcome("new", "" if standing.as_one else "left")
    )


def still_holds(came: Account, rest: Account, model: Model, crowded: frozenset[str]) -> bool:
    """Whether a record would still be linked to the rest of its child, were there no other."""
    return bool(weigh(came, rest, 0, model, crowded).link)


def components(
    records: Mapping[int, Account], model: Model, crowded: frozenset[str] = frozenset()
) -> list[list[int]]:
    """Which of a child's records hold together by themselves; the group of the one that came first stands first."""
    left, groups = sorted(records), []
    while left:
        group = [left.pop(0)]
        while joined := [each for each in left if _joins(records, each, group, model, crowded)]:
            group += joined
            left = [each for each in left if each not in joined]
        groups.append(group)
    return groups


def _joins(
    records: Mapping[int, Account], one: int, group: Iterable[int], model: Model, crowded: frozenset[str]
) -> bool:
    """A record that names nobody is the child's by its id alone."""
    mine = records[one]
    if not mine.forenames and not mine.surnames:
        return True
    return still_holds(mine, join(records[each] for each in group), model, crowded)
