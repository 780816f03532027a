"""A sheet of children to hide, or no longer to hide: read whole, checked whole, and done whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from apps.access import grants
from apps.access.actions import grant_child
from apps.accounts.models import User
from apps.accounts.queries import user_named
from apps.children.actions import lift, restrict
from apps.children.models import Child, Restriction
from apps.core.errors import Refused
from apps.extracts.readers import read_tables
from apps.profiles.queries.child import find

NUMBER, HIDES, REASON, GIVEN = COLUMNS = ("Number", "Hides", "Reason", "Given to")
LIFT = "lift"
WORDS = (*Restriction.Hides.values, LIFT)


@dataclass(frozen=True)
class Line:
    """One row: a child, what of it is hidden (or that nothing is any longer), why, and who is given the child by name."""

    child: Child
    hides: str
    reason: str
    given: list[User]


@dataclass
class Done:
    """What a sheet did; ``same`` counts the rows that changed nothing."""

    hidden: int = 0
    lifted: int = 0
    given: int = 0
    same: int = 0


def read(path: Path) -> list[Line]:
    """The rows of a CSV or Excel sheet; Refused with a sentence for everything that is wrong, and no child in any of them."""
    table = read_tables(path, "This file")[0]
    if missing := [f"“{name}”" for name in COLUMNS if name not in table.headings]:
        raise Refused(f"Row 1 of this file lacks the column {', '.join(missing)}. Write it there.")
    lines: list[Line] = []
    wrong: list[str] = []
    for number, cells in table.rows:
        row = dict(zip(table.headings, (cell.strip() for cell in cells), strict=False))
        if any(row.values()):
            read_row = _line(row)
            if isinstance(read_row, Line):
                lines.append(read_row)
            else:
                wrong += [f"Row {number}, column “{name}”: {said}" for name, said in read_row.items()]
    if wrong or not lines:
        raise Refused("\n".join(wrong) or "This file has headings and no row. Write a row for each child.")
    return lines


@transaction.atomic
def hide(*, lines: list[Line], by: User) -> Done:
    """Do what the rows say; what holds already stays as it is, so that a sheet may be sent twice."""
    done = Done()
    for line in lines:
        changed = _restricted(line, by, done) + _given(line, by, done)
        done.same += not changed
    return done


def _restricted(line: Line, by: User, done: Done) -> int:
    standing = list(line.child.restrictions.filter(lifted_at=None))
    if line.hides == LIFT:
        for restriction in standing:
            lift(restriction=restriction, reason=line.reason, by=by)
        done.lifted += len(standing)
        return len(standing)
    if line.hides in [each.hides for each in standing]:
        return 0
    restrict(child=line.child, hides=line.hides, reason=line.reason, by=by)
    done.hidden += 1
    return 1


def _given(line: Line, by: User, done: Done) -> int:
    have = grants.named(line.child)
    new = [user for user in line.given if user.pk not in have]
    for user in new:
        grant_child(user=user, child=line.child, reason=line.reason, by=by)
    done.given += len(new)
    return len(new)


def _line(row: Mapping[str, str]) -> Line | dict[str, str]:
    """What a row says, or what is wrong with it by column."""
    child = find(row.get(NUMBER, ""))
    hides, reason = row.get(HIDES, "").lower(), row.get(REASON, "")
    people = [user_named(word.strip()) for word in row.get(GIVEN, "").split(";") if word.strip()]
    wrong = {
        NUMBER: child is None and "no child, or more than one, has this number. Give an NHS number, UPN or case number.",
        HIDES: hides not in WORDS and f"write one of: {', '.join(WORDS)}.",
        REASON: not reason and "say why, and on whose order. It is kept with the record.",
        GIVEN: None in people and "it names nobody who can sign in. Give e-mail addresses with ; between them.",
    }  # fmt: skip
    if child is None or any(wrong.values()):
        return {name: said for name, said in wrong.items() if said}
    return Line(child, hides, reason, [user for user in people if user])
