"""What the settling statement left: read at once, judged by the one policy, written back at once."""

import gc
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import connection

from apps.matching.again import KEPT, Placed, place, still_holds
from apps.matching.asking import OF_HOUSEHOLD
from apps.matching.compare.accounts import Account
from apps.matching.gathering import Gathered, gather
from apps.matching.hearing import join
from apps.matching.judging import Candidate, Outcome, together, weigh
from apps.matching.passes import Passes

#: Questions whose likeliest answer is that both children are there.
OF_TWO_CHILDREN = OF_HOUSEHOLD | {"perhaps_twins"}


def judge(passes: Passes) -> None:
    """Judge every unsettled record of a plan and leave the outcomes in the table ``verdict``."""
    with uncollected():
        gathered = gather(passes)
        with passes.beside("write_settled"):
            outcomes = Judging(passes, gathered).all()
        write(outcomes)


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python not look for cycles among the accounts: there are none, and it would walk a million sets in vain."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Judging:
    """Goes through the unsettled records of one file in the order of their ids."""

    def __init__(self, passes: Passes, gathered: Gathered) -> None:
        self.model = passes.model
        self.gathered = gathered
        self.placed: dict[int, list[str]] = defaultdict(list)
        self.outcomes: dict[str, Placed] = {}

    def all(self) -> dict[str, Placed]:
        """What becomes of every record."""
        within = self.gathered.within
        doubled = {*within, *(other for found in within.values() for other in found)}
        for local_id in sorted(self.gathered.came):
            placed = self._place(local_id)
            if placed.child is None and (local_id in doubled or local_id in self.gathered.standing):
                placed = replace(placed, child=self._own(local_id))
            self.outcomes[local_id] = placed
            if local_id in doubled and placed.child is not None:
                self.placed[placed.child].append(local_id)
        claimed = self.gathered.claimed | {
            each.child for each in self.outcomes.values() if each.match == "linked"
        }
        return {
            local_id: self._unclaimed(local_id, placed, claimed) for local_id, placed in self.outcomes.items()
        }

    def _own(self, local_id: str) -> int:
        """A child of its own: the one it had, or a new one; a record known already leaves the one it had to others."""
        earlier = None if local_id in self.gathered.standing else self.gathered.earlier.get(local_id)
        return earlier or new_children(1)[0]

    def _place(self, local_id: str) -> Placed:
        standing = self.gathered.standing.get(local_id)
        if standing is None:
            outcome = together(self._candidates(local_id, self.gathered.came[local_id]), self.model)
            return Placed(outcome.match, outcome.child, outcome)
        came, rest = self.gathered.came[local_id], self.gathered.held(standing.child, standing.record)
        if standing.as_one:
            if not standing.alone:
                came = join((came, rest))
            return place(
                standing, together(self._candidates(local_id, came, besides=standing.child), self.model)
            )
        if still_holds(came, rest, self.model, self.gathered.crowded) or not (
            came.forenames or came.surnames
        ):
            return Placed("kept", standing.child, KEPT)
        return place(standing, together(self._candidates(local_id, came), self.model))

    def _candidates(self, local_id: str, came: Account, besides: int | None = None) -> Iterable[Candidate]:
        gathered, record = self.gathered, self.gathered.record_of[local_id]
        twice = {
            self.outcomes[other].child
            for other in gathered.within.get(local_id, ())
            if other in self.outcomes
        }
        for child in dict.fromkeys((*gathered.pairs.get(local_id, ()), *sorted(twice - {None}))):  # type: ignore[type-var]
            if child is None or child == besides or gathered.set_apart(record, child):
                continue
            candidate = self._weighed(local_id, came, child)
            if candidate is None:
                continue
            asked = gathered.asked_about(child)
            yield replace(candidate, undecided=asked) if asked else candidate

    def _weighed(self, local_id: str, came: Account, child: int) -> Candidate | None:
        """A candidate; weighed before, unless more is known of one of the two by now."""
        gathered = self.gathered
        if child not in self.placed and came is gathered.came[local_id]:
            return gathered.candidate(local_id, child, self.model)
        held = gathered.held(child, gathered.record_of[local_id])
        if child in self.placed:
            held = join((held, *(gathered.came[other] for other in self.placed[child])))
        return weigh(came, held, child, self.model, gathered.crowded)

    def _unclaimed(self, local_id: str, placed: Placed, claimed: set[int | None]) -> Placed:
        """A twin is not asked about where the other's own record is in the same file."""
        if (
            placed.match != "question"
            or placed.outcome.rule not in OF_TWO_CHILDREN
            or local_id in self.gathered.standing
        ):
            return placed
        outcome = together(
            [each for each in placed.outcome.candidates if each.child not in claimed], self.model
        )
        return Placed(outcome.match, outcome.child or placed.child, outcome)


def new_children(number: int) -> list[int]:
    """Ids for so many children who are not there yet."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('children_child_id_seq') from generate_series(1, %s)", [number])
        return [pk for (pk,) in cursor.fetchall()]


def weights_of(candidate: Candidate) -> dict[str, Any]:
    """Field to [level, bits], of the fields both sides say."""
    return {name: pair for name, pair in candidate.weights.items() if pair[0] != "missing"}


def evidence(outcome: Outcome) -> dict[str, Any] | None:
    """What a decision keeps of how it was reached."""
    if outcome.best is None:
        return None
    kept: dict[str, Any] = {
        "total": outcome.best.total,
        "weights": weights_of(outcome.best),
        "runner_up": outcome.runner_up.child if outcome.runner_up else None,
        "margin": outcome.margin,
    }
    if outcome.match == "question":
        kept["by_candidate"] = {
            each.child: {"rule": each.link or each.ask, "total": each.total, "weights": weights_of(each)}
            for each in outcome.candidates
        }
    return kept


def write(outcomes: dict[str, Placed]) -> None:
    """Leave outcomes in a table for the statements that follow."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table verdict (local_id text, match text, rule text, child_id bigint, candidates bigint[], evidence jsonb)"
            " on commit drop"
        )
        with cursor.copy("copy verdict from stdin") as copy:
            for local_id, placed in outcomes.items():
                copy.write_row((local_id, placed.match, placed.outcome.rule, placed.child, *_asked(placed)))


def _asked(placed: Placed) -> tuple[list[int], str | None]:
    outcome = placed.outcome
    if placed.match == "doubt" and placed.child is not None:
        return [placed.child], None
    asked = [each.child for each in outcome.candidates] if placed.match == "question" else []
    kept = evidence(outcome)
    return asked, None if kept is None else json.dumps(kept)
