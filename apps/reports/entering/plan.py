"""What a file would change: which rows are new, which differ, and everything that is wrong with it, in sentences. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.reports.entering.columns import (
    COLUMNS,
    FIELDS,
    REFERENCE,
    Column,
    Values,
    Wrong,
    key_of,
    marked,
    stands,
)

#: What stands, by its reference.
Held = Mapping[int, Values]
#: Sentences that are shown; whoever has more of them has one mistake many times.
SHOWN = 20


@dataclass
class Plan:
    """New rows, changed rows by their reference, and what is wrong: where anything is, nothing is done."""

    new: list[Values] = field(default_factory=list)
    changed: dict[int, Values] = field(default_factory=dict)
    same: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def does_nothing(self) -> bool:
        """Whether the file says what stands."""
        return not self.new and not self.changed


def plan(headings: Sequence[str], rows: Iterable[tuple[int, list[str]]], held: Held) -> Plan:
    """Read every row, and hold it against what stands."""
    made = Plan()
    read = _Reading(held, made)
    for number, cells in rows:
        read.row(number, dict(zip(headings, [*cells, *[""] * len(headings)], strict=False)))
    read.collisions()
    return made


class _Reading:
    def __init__(self, held: Held, made: Plan) -> None:
        self.held, self.plan = held, made
        self.by_key = {key_of(values): reference for reference, values in held.items()}
        self.seen: dict[Any, int] = {}
        self.lines: dict[int, int] = {}

    def row(self, number: int, given: Mapping[str, str]) -> None:
        """Take one row in."""
        wrong = len(self.plan.wrong)
        reference = self._cell(number, REFERENCE, lambda cell: self._known(marked(cell)), given)
        before = self.held.get(reference or 0, {})
        values = {column.field: self._value(number, column, given, before) for column in COLUMNS}
        if len(self.plan.wrong) > wrong:
            return
        # a row without a mark that says what stands already is that row, so that a file sent twice adds nothing
        found = reference or self.by_key.get(key_of(values))
        if self._twice(number, found, values):
            return
        if found is None:
            self.plan.new.append(values)
        elif any(self.held[found][name] != values[name] for name in FIELDS):
            self.plan.changed[found], self.lines[found] = values, number
        else:
            self.plan.same += 1

    def collisions(self) -> None:
        """A row must not become what another one is that stays."""
        for reference, values in self.plan.changed.items():
            other = self.by_key.get(key_of(values), reference)
            if other != reference:
                said = (
                    f"row C{other} has this service, team, sector and week already. Correct that row instead."
                )
                self._say(self.lines[reference], "Team", said)

    def _value(self, number: int, column: Column, given: Mapping[str, str], before: Values) -> Any:
        name = column.field
        if before and stands(name, before[name], given.get(column.heading, "")):
            return before[name]
        return self._cell(number, column.heading, column.read, given)

    def _cell(self, number: int, heading: str, read: Any, given: Mapping[str, str]) -> Any:
        try:
            return read(given.get(heading, ""))
        except Wrong as wrong:
            self._say(number, heading, str(wrong))

    def _known(self, reference: int | None) -> int | None:
        if reference is not None and reference not in self.held:
            raise Wrong(
                f"“C{reference}” is not there. Download the file again, or leave it empty for a new row."
            )
        return reference

    def _twice(self, number: int, found: int | None, values: Values) -> bool:
        marks = [mark for mark in (found, key_of(values)) if mark is not None]
        before = next((self.seen[mark] for mark in marks if mark in self.seen), None)
        self.seen |= dict.fromkeys(marks, number)
        if before is not None:
            self._say(number, "Team", f"row {before} says the same service, team, sector and week. Take one of the two away.")  # fmt: skip
        return before is not None

    def _say(self, number: int, heading: str, said: str) -> None:
        self.plan.wrong.append(f"Row {number}, column “{heading}”: {said}")
