"""The cells of one row, read and checked: every reader notes a problem instead of raising."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from apps.core import values
from apps.extracts.layouts.base import Problem, RawRow
from apps.extracts.rules import RULES

TEXT_LIMIT = 500


class Cells:
    """One staged row with the headings its fields came from and the problems found in it so far."""

    __slots__ = ("data", "labels", "problems", "rejected", "row")

    def __init__(self, row: RawRow, labels: Mapping[str, str]) -> None:
        self.row = row
        self.data = row.data
        self.labels = labels
        self.problems: list[Problem] = []
        self.rejected = False

    def problem(self, code: str, field: str = "") -> None:
        """Note a broken rule about a field."""
        rule = RULES[code]
        self.rejected = self.rejected or rule.severity == "error"
        label = self.labels.get(field, field)
        self.problems.append(
            Problem(self.row.module, self.row.row_no, code, rule.severity, label, rule.message)
        )

    def text(self, field: str, limit: int = TEXT_LIMIT) -> str:
        """The text on one line; longer than the limit is an error."""
        value = self.data.get(field, "")
        if len(value) > limit:
            self.problem("VALUE_LONG", field)
            return ""
        return ", ".join(part for part in value.split("\n") if part) if "\n" in value else value

    def ident(self, field: str) -> str:
        """An id, without what a spreadsheet adds."""
        return values.ident(self.text(field, 200))

    def day(self, field: str, rule: str = "DATE_WRONG") -> date | None:
        """A day; anything that is not one breaks ``rule``."""
        value = self.data.get(field)
        if not value:
            return None
        found = values.parse_date(value) if len(value) < 60 else None
        if found is None:
            self.problem(rule, field)
        return found

    def needed_day(self, field: str) -> date | None:
        """A day that has to be there."""
        if not self.data.get(field):
            self.problem("VALUE_MISSING", field)
            return None
        return self.day(field)

    def number(self, field: str, low: Decimal | None = None, high: Decimal | None = None) -> Decimal | None:
        """A number between two bounds, or None with a warning."""
        value = self.data.get(field)
        if not value:
            return None
        found = values.parse_number(value) if len(value) < 40 else None
        if found is None:
            self.problem("NUMBER_WRONG", field)
        elif (low is not None and found < low) or (high is not None and found > high):
            self.problem("NUMBER_RANGE", field)
            return None
        return found

    def code(self, field: str, known: Collection[str], rule: str = "CODE_UNKNOWN") -> str:
        """A code in capitals; one that is not in the code set is kept with a warning."""
        if (said := self.data.get(field, "")) in known:
            return said
        value = values.ident(self.text(field, 200)).upper()
        if value and value not in known:
            self.problem(rule, field)
        return value

    def span(self, start: str, end: str) -> tuple[date | None, date | None]:
        """Two days in order; the wrong order rejects the row."""
        first, last = self.day(start), self.day(end)
        if first and last and last < first:
            self.problem("END_BEFORE_START", end)
        return first, last

    def details(self, fields: Mapping[str, str]) -> dict[str, str]:
        """The fields that are not empty, by the names they shall have."""
        data, text = self.data, self.text
        return {name: text(field) for name, field in fields.items() if data.get(field)}
