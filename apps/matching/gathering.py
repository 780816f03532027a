"""All that judging needs of one plan, read into memory at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from apps.matching.again import Standing
from apps.matching.compare import places
from apps.matching.compare.accounts import Account
from apps.matching.hearing import Told, hear, join
from apps.matching.judging import Candidate, is_crowd, weigh
from apps.matching.linkage.model import Model
from apps.matching.passes import FURTHER, Passes
from apps.matching.strangers import strangers

#: The child that a record without one had before, and keeps where it stays alone.
EARLIER = """select local_id, old_child_id from children_plannedrecord
    where extract_id = %(extract)s and match = '' and old_child_id is not null"""
PAIRS = "select p.local_id, p.child_id from pair p where not exists (select from settled s where s.local_id = p.local_id) order by 1, 2"


@dataclass
class Gathered:
    """Accounts by record, records by child, who may be whom, and what people have said."""

    came: dict[str, Account] = field(default_factory=lambda: defaultdict(Account))
    record_of: dict[str, int] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    records: dict[int, dict[int, Account]] = field(default_factory=lambda: defaultdict(dict))
    pairs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    within: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    claimed: set[int] = field(default_factory=set)
    earlier: dict[str, int] = field(default_factory=dict)
    crowded: frozenset[str] = frozenset()
    undecided: dict[int, frozenset[int]] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    weighed: dict[tuple[str, int], Candidate | None] = field(default_factory=dict)

    def held(self, child: int, besides: int | None = None) -> Account:
        """The account of a child, without one of its records."""
        return join(each for record, each in self.records.get(child, {}).items() if record != besides)

    def weigh(self, model: Model) -> None:
        """Weigh the records of this file that are new with the children found for them so far."""
        for local_id in self.pairs.keys() & self.came.keys() - self.standing.keys():
            for child in self.pairs[local_id]:
                self.candidate(local_id, child, model)

    def candidate(self, local_id: str, child: int, model: Model) -> Candidate | None:
        """What a record that came and a child are to each other, weighed once; None where they are strangers."""
        key = local_id, child
        if key not in self.weighed:
            came, record = self.came[local_id], self.record_of[local_id]
            rest = [each for held, each in self.records.get(child, {}).items() if held != record]
            self.weighed[key] = (
                None if strangers(came, rest) else weigh(came, join(rest), child, model, self.crowded)
            )
        return self.weighed[key]

    def hear_of_crowds(self, crowded: frozenset[str]) -> None:
        """Forget what was weighed by an address that is now known to be one of many families."""
        self.crowded = crowded
        for key, each in list(self.weighed.items()):
            if each and each.levels.address != "crowd" and is_crowd(each.levels.agreed_at, crowded):
                del self.weighed[key]

    def set_apart(self, record: int, child: int) -> bool:
        """Whether a person set the record apart from any of the child's."""
        return bool(self.apart) and not self.apart.get(record, set()).isdisjoint(self.records.get(child, ()))

    def asked_about(self, child: int) -> frozenset[int]:
        """Whom a provisional child's question asks about; two ids of one system are as likely two children: that vouches for nothing."""
        asked = self.undecided.get(child)
        if not asked:
            return frozenset()
        return frozenset(other for other in asked if not self._schemes(child) & self._schemes(other))

    def _schemes(self, child: int) -> set[str]:
        return {scheme for each in self.records.get(child, {}).values() for scheme in each.schemes}


def gather(passes: Passes) -> Gathered:
    """Read what was found for the unsettled records of a file; the last steps of blocking run while that is weighed."""
    found = Gathered()
    _hear_came(passes, found)
    found.standing = {row[0]: Standing(*row) for row in passes.rows("standing")}
    found.crowded = crowded(passes.rows("crowd"))
    _read_pairs(found)
    rows = _words(passes, found)
    with passes.beside(*FURTHER):
        _hear(found, *rows)
        found.weigh(passes.model)
    _leave_settled(found)
    _hear_came(passes, found)
    hear_children(passes, found)
    return found


def _leave_settled(found: Gathered) -> None:
    """Leave out whom the last steps have settled."""
    with connection.cursor() as cursor:
        cursor.execute("select local_id from settled where local_id = any(%s)", [list(found.came)])
        for (local_id,) in cursor.fetchall():
            del found.came[local_id]


def _hear_came(passes: Passes, found: Gathered) -> None:
    """Hear the records for which anybody was found since the last time."""
    passes.params["already"] = list(found.came)
    for local_id, record, current, *words in passes.rows("came"):
        found.record_of[local_id] = record
        hear(found.came[local_id], Told(*words), current)
    for local_id, address, postcode in passes.rows("came_homes"):
        if local_id in found.came:
            found.came[local_id].add("homes", (address, postcode))
    for account in found.came.values():
        account.add("schemes", passes.extract.feed.id_scheme)


def _read_pairs(found: Gathered) -> None:
    found.pairs.clear()
    with connection.cursor() as cursor:
        cursor.execute(PAIRS)
        for local_id, child in cursor.fetchall():
            found.pairs[local_id].append(child)


def _words(passes: Passes, found: Gathered) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """What is said of the children that have not been heard about yet, and where they live."""
    wanted = {child for children in found.pairs.values() for child in children}
    passes.params["children"] = sorted(wanted - found.records.keys())
    return passes.rows("heard"), passes.rows("heard_homes")


def _hear(found: Gathered, words: list[tuple[Any, ...]], homes: list[tuple[Any, ...]]) -> None:
    accounts: dict[int, Account] = {}
    for child, record, scheme, current, *said in words:
        account = accounts.get(record)
        if account is None:
            account = accounts[record] = found.records[child][record] = Account(schemes={scheme})
        hear(account, Told(*said), current)
    for record, address, postcode in homes:
        if record in accounts:
            accounts[record].add("homes", (address, postcode))


def hear_children(passes: Passes, found: Gathered) -> None:
    """Read the children that anybody may be, and what stands about them."""
    _read_pairs(found)
    _hear(found, *_words(passes, found))
    with connection.cursor() as cursor:
        cursor.execute("select local_id, other from within order by 1, 2")
        for local_id, other in cursor.fetchall():
            found.within[local_id].append(other)
        cursor.execute(EARLIER, passes.params)
        found.earlier = dict(cursor.fetchall())
        cursor.execute("select distinct child_id from settled")
        found.claimed = {child for (child,) in cursor.fetchall()}
    found.standing = {row[0]: Standing(*row) for row in passes.rows("standing")}
    found.hear_of_crowds(crowded(passes.rows("crowd")) if found.pairs else frozenset())
    found.undecided = {child: frozenset(asked) for child, asked in passes.rows("undecided")}
    for one, other, *_children in passes.rows("apart"):
        found.apart[one].add(other)
        found.apart[other].add(one)


def crowded(rows: Iterable[tuple[str | None, str | None]]) -> frozenset[str]:
    """The addresses and postcodes of many families, as ``places.addresses`` names them."""
    found = set()
    for postcode, address in rows:
        found |= {postcode or "", places.household(address or "")}
    return frozenset(found - {""})
