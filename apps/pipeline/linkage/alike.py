"""Cases of one systematic fault: the same feed, the same reason to ask, the same fields that agree and differ."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from apps.accounts.models import User
from apps.matching import queries as matching
from apps.matching.queries import Comparison, Sheet

#: So many of the queue are compared, and so many like cases make a fault worth answering together.
LOOKED_AT, FEWEST = 400, 3


@dataclass(frozen=True)
class Case:
    """One question with its only candidate."""

    sheet: Sheet
    comparison: Comparison


@dataclass(frozen=True)
class Group:
    """Like cases: what they share, and all of them in the order of the queue."""

    key: str
    source: str
    reason: str
    agree: str
    differ: str
    cases: list[Case]

    @property
    def mark(self) -> str:
        """Which pairs they are: as many others in their place are not what somebody looked at."""
        pairs = sorted((case.sheet.question.pk, case.comparison.child.pk) for case in self.cases)
        return hashlib.sha256(repr(pairs).encode()).hexdigest()[:16]


def groups(by: User) -> list[Group]:
    """The faults with enough cases, the most frequent first."""
    open_ones = matching.unclaimed(matching.open_questions().filter(asked_agency_at=None), by.pk)
    found: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for sheet in matching.sheets(list(open_ones[:LOOKED_AT])):
        if sheet.source and len(sheet.comparisons) == 1 and not sheet.unseen:
            case = Case(sheet, sheet.comparisons[0])
            found[pattern(case)].append(case)
    made = [_group(shared, cases) for shared, cases in found.items() if len(cases) >= FEWEST]
    return sorted(made, key=lambda each: -len(each.cases))


def group(key: str, by: User) -> Group | None:
    """The fault with this key, where there still is one."""
    return next((each for each in groups(by) if each.key == key), None)


def pattern(case: Case) -> tuple[str, ...]:
    """What like cases have in common; nothing of any child."""
    verdicts = (f"{line.label}:{line.verdict}" for line in case.comparison.lines)
    return case.sheet.source, case.sheet.question.rule, *verdicts


def _group(shared: tuple[str, ...], cases: list[Case]) -> Group:
    by_verdict: dict[str, list[str]] = defaultdict(list)
    for label, _, verdict in (each.partition(":") for each in shared[2:]):
        by_verdict[verdict].append(label)
    key = hashlib.sha256("|".join(shared).encode()).hexdigest()[:16]
    agree, differ = (", ".join(by_verdict[verdict]) for verdict in ("agrees", "differs"))
    return Group(key, shared[0], cases[0].sheet.reason, agree, differ, cases)
