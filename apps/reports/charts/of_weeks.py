"""Ratings over the weeks: all of them upon each other, and each by itself; the table with them says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from apps.core.presenters import NOT_RATED, Band, Column
from apps.core.vega import WHOLE, Drawing
from apps.core.words import day
from apps.reports.charts import weekly
from apps.reports.reading import Reading

TOGETHER = Band("Withheld", "", "withheld")


@dataclass(frozen=True)
class Line:
    """One rating: how many now, how many at first, and the line between."""

    band: Band
    numbers: Sequence[int | None]

    @property
    def now(self) -> int | None:
        """In the newest week."""
        return self.numbers[-1]

    @property
    def first(self) -> int | None:
        """In the oldest."""
        return self.numbers[0]

    @property
    def whole(self) -> bool:
        """Whether every week is told: no line is drawn through a number that is withheld."""
        return None not in self.numbers

    @property
    def drawing(self) -> Drawing | None:
        """The line by itself; its words stand above it already."""
        return (
            Drawing(f"{self.band.label}, week by week", partial(weekly.line, self.numbers))
            if self.whole
            else None
        )


@dataclass(frozen=True)
class Weeks:
    """The last half year of ratings; nothing is drawn before there are two weeks."""

    reading: Reading

    @property
    def days(self) -> list[date]:
        """The Monday of each week, oldest first."""
        return [each.week for each in self.reading.past]

    @cached_property
    def lines(self) -> list[Line]:
        """A line for each rating."""
        if len(self.days) < 2:
            return []
        told = [self.reading.of(each, "bands") for each in self.reading.past]
        bands = self.reading.bands | {NOT_RATED.code: self.reading.bands.get(NOT_RATED.code, NOT_RATED)}
        return [Line(band, [week.get(code, 0) for week in told]) for code, band in bands.items()]

    @property
    def columns(self) -> list[Column]:
        """The headings of the table."""
        return [Column("Week of"), *(Column(line.band.label, align="r") for line in self.lines)]

    @property
    def rows(self) -> list[tuple[date, list[int | None]]]:
        """The same as a table, newest week first."""
        return [
            (when, [line.numbers[at] for line in self.lines])
            for at, when in reversed([*enumerate(self.days)])
        ]

    @property
    def drawing(self) -> Drawing | None:
        """All ratings upon each other; those that are withheld in any week stand together, as what the others leave of all children."""
        told = [line for line in self.lines if line.whole]
        if not told:
            return None
        known = [self.reading.known_in(each) for each in self.reading.past]
        rest = [whole - sum(line.numbers[at] or 0 for line in told) for at, whole in enumerate(known)]
        layers = told + ([Line(TOGETHER, rest)] if len(told) < len(self.lines) else [])
        drawn = [(each.band, each.numbers) for each in layers]
        return Drawing(self._says(known), partial(weekly.areas, self.days, drawn), WHOLE)

    def _says(self, known: Sequence[int]) -> str:
        parts = [
            f"{line.band.label} from {line.first:,} to {line.now:,}" for line in self.lines if line.whole
        ]
        span = f"from {day(self.days[0])} to {day(self.days[-1])}"
        return (
            f"Drawing of children by rating, {span}: all {known[0]:,} to {known[-1]:,}; {', '.join(parts)}."
            " The table with it has every week."
        )
