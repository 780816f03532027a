"""What the settling statement left: read at once, judged by the one policy, written back at once."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from apps.matching.compare import places
from apps.matching.compare.accounts import Account
from apps.matching.hearing import Told, hear, join
from apps.matching.judging import Candidate, Outcome, together, weigh
from apps.matching.passes import Passes


@dataclass
class Gathered:
    """All that judging needs, in memory: accounts by record, records by child, and who may be whom."""

    came: dict[str, Account] = field(default_factory=lambda: defaultdict(Account))
    record_of: dict[str, int] = field(default_factory=dict)
    records: dict[int, dict[int, Account]] = field(default_factory=lambda: defaultdict(dict))
    pairs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    within: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    crowded: frozenset[str] = frozenset()
    undecided: dict[int, frozenset[int]] = field(default_factory=dict)
    apart: set[tuple[int, int]] = field(default_factory=set)

    def held(self, child: int, besides: int | None) -> Account:
        """The account of a child, without one of its records."""
        return join(each for record, each in self.records.get(child, {}).items() if record != besides)

    def set_apart(self, record: int | None, child: int) -> bool:
        """Whether a person set the record apart from any of the child's."""
        return any((record, other) in self.apart for other in self.records.get(child, ()))


def judge(passes: Passes) -> None:
    """Judge every unsettled record of a plan and leave the outcomes in the table ``verdict``."""
    gathered = gather(passes)
    outcomes = Judging(passes, gathered).all()
    write(outcomes)


def gather(passes: Passes) -> Gathered:
    """Read what was found for the unsettled records."""
    found = Gathered()
    for local_id, record, current, *words in passes.rows("came"):
        found.record_of[local_id] = record
        hear(found.came[local_id], Told(*words), current)
    if not found.came:
        return found
    for local_id, address, postcode in passes.rows("came_homes"):
        if local_id in found.came:
            found.came[local_id].homes.add((address, postcode))
    for account in found.came.values():
        account.schemes.add(passes.extract.feed.id_scheme)
    _hear_children(passes, found)
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.local_id, p.child_id from pair p where not exists (select from settled s where s.local_id = p.local_id)"
        )
        for local_id, child in cursor.fetchall():
            found.pairs[local_id].append(child)
        cursor.execute("select local_id, other from within")
        for local_id, other in cursor.fetchall():
            found.within[local_id].append(other)
    found.crowded = crowded(passes.rows("crowds")) if found.pairs else frozenset()
    found.undecided = {child: frozenset(asked) for child, asked in passes.rows("undecided")}
    for one, other, *_children in passes.rows("apart"):
        found.apart |= {(one, other), (other, one)}
    return found


def _hear_children(passes: Passes, found: Gathered) -> None:
    accounts: dict[int, Account] = {}
    for child, record, scheme, current, *words in passes.rows("heard"):
        account = accounts.get(record)
        if account is None:
            account = accounts[record] = found.records[child][record] = Account(schemes={scheme})
        hear(account, Told(*words), current)
    for record, address, postcode in passes.rows("heard_homes"):
        if record in accounts:
            accounts[record].homes.add((address, postcode))


def crowded(rows: Iterable[tuple[str | None, str | None]]) -> frozenset[str]:
    """The addresses and postcodes of many families, as ``places.addresses`` names them."""
    found = set()
    for postcode, address in rows:
        found |= {postcode or "", places.household(address or "")}
    return frozenset(found - {""})


class Judging:
    """Goes through the unsettled records of one file in the order of their ids."""

    def __init__(self, passes: Passes, gathered: Gathered) -> None:
        self.model = passes.model
        self.gathered = gathered
        self.own: dict[str, int] = {}
        self.placed: dict[int, list[str]] = defaultdict(list)
        self.outcomes: dict[str, Outcome] = {}

    def all(self) -> dict[str, tuple[Outcome, int | None]]:
        """The outcome of every record, and the child's id it would have of its own."""
        doubled = {
            *self.gathered.within,
            *(other for found in self.gathered.within.values() for other in found),
        }
        self.own = dict(zip(sorted(doubled), _new_children(len(doubled)), strict=True))
        for local_id in sorted(self.gathered.came):
            self.outcomes[local_id] = outcome = together(self._candidates(local_id), self.model)
            if local_id in doubled:
                self.placed[outcome.child or self.own[local_id]].append(local_id)
        claimed = {outcome.child for outcome in self.outcomes.values() if outcome.match == "linked"}
        return {
            local_id: (self._unclaimed(outcome, claimed), self.own.get(local_id))
            for local_id, outcome in self.outcomes.items()
        }

    def _candidates(self, local_id: str) -> Iterable[Candidate]:
        gathered, came = self.gathered, self.gathered.came[local_id]
        record = gathered.record_of[local_id]
        twice = {
            self._child_of(other): other
            for other in gathered.within.get(local_id, ())
            if other in self.outcomes
        }
        for child in dict.fromkeys((*gathered.pairs.get(local_id, ()), *sorted(twice))):
            if gathered.set_apart(record, child):
                continue
            held = gathered.held(child, record)
            if child in self.placed:
                held = join((held, *(gathered.came[other] for other in self.placed[child])))
            candidate = weigh(came, held, child, self.model, gathered.crowded)
            yield replace(candidate, undecided=self._asked_about(child))

    def _child_of(self, local_id: str) -> int:
        return self.outcomes[local_id].child or self.own[local_id]

    def _asked_about(self, child: int) -> frozenset[int]:
        asked = self.gathered.undecided.get(child, frozenset())
        # two ids of one system are as likely two children: such a question vouches for nothing
        return frozenset(other for other in asked if not self._schemes(child) & self._schemes(other))

    def _schemes(self, child: int) -> set[str]:
        return {scheme for each in self.gathered.records.get(child, {}).values() for scheme in each.schemes}

    def _unclaimed(self, outcome: Outcome, claimed: set[int | None]) -> Outcome:
        """A twin is not asked about where the other's own record is in the same file."""
        if outcome.match != "question" or outcome.rule != "perhaps_twins":
            return outcome
        left = [each for each in outcome.candidates if each.child not in claimed]
        return together(left, self.model)


def _new_children(number: int) -> list[int]:
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


def write(outcomes: dict[str, tuple[Outcome, int | None]]) -> None:
    """Leave outcomes in a table for the statements that follow."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table verdict (local_id text, match text, rule text, child_id bigint, candidates bigint[], evidence jsonb)"
            " on commit drop"
        )
        with cursor.copy("copy verdict from stdin") as copy:
            for local_id, (outcome, own) in outcomes.items():
                asked = [each.child for each in outcome.candidates] if outcome.match == "question" else []
                kept = json.dumps(evidence(outcome))
                copy.write_row(
                    (
                        local_id,
                        outcome.match,
                        outcome.rule,
                        outcome.child or own,
                        asked,
                        None if kept == "null" else kept,
                    )
                )
