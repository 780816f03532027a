"""A report as one reader is told it: names for keys, small numbers withheld, and what it stands beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from apps.core.presenters import NOT_RATED, Band
from apps.core.words import day
from apps.involvements.catalogue import SERVICES
from apps.involvements.categories import worded
from apps.reports import queries, rules
from apps.reports.figures import FIGURES, About, Figure, Named
from apps.reports.models import Report
from apps.reports.moments import Span

NOT_KNOWN = "Not known"
Numbers = Mapping[str, int | None]


@dataclass
class Reading:
    """What a reader is told of a report; ``whole`` readers, who may see children, are told small numbers too."""

    report: Report
    whole: bool
    before: Report | None = None
    year: Report | None = None
    before_label: str = "Week before"
    figures: Mapping[str, Figure] = field(default_factory=lambda: FIGURES)
    past: Sequence[Report] = ()
    _told: dict[tuple[date | None, str], Numbers] = field(default_factory=dict)

    def now(self, code: str) -> Numbers:
        """A figure of the report."""
        return self.of(self.report, code)

    def of(self, report: Report | None, code: str) -> Numbers:
        """A figure of any report, small numbers withheld (None); worked out once."""
        asked = (report.week if report else None, code)
        if asked not in self._told:
            self._told[asked] = self._telling(report, code)
        return self._told[asked]

    def counted(self, report: Report | None, code: str) -> dict[str, int]:
        """A figure of any report, nothing withheld; for who may open its rows, without restricted children, who are not among those.

        What only they are in is not there at all: a nought would tell of them.
        """
        cells: dict[str, int] = report.figures.get(code, {}) if report else {}
        less: dict[str, int] = (report.restricted or {}).get(code, {}) if report and self.whole else {}
        return {key: number - less.get(key, 0) for key, number in cells.items() if number != less.get(key)}

    def known_in(self, report: Report | None) -> int:
        """How many children are known: told to everybody."""
        return sum(self.counted(report, "bands").values())

    def _telling(self, report: Report | None, code: str) -> Numbers:
        # of a figure that is not this reading's nothing is told, in sentences neither
        cells, figure = self.counted(report, code) if code in self.figures else {}, FIGURES[code]
        # another week of which nobody counted the restricted would tell of them by its small numbers
        if figure.about != About.CHILDREN or self.whole and report and report.restricted is not None:
            return cells
        hidden = rules.withheld(cells, rules.groups(cells, figure.adds_up))
        if "differ" in figure.adds_up:
            hidden |= rules.whole_rows(hidden, figure.columns)
        return cells | dict.fromkeys(hidden)

    @cached_property
    def bands(self) -> dict[str, Band]:
        """The bands of the report's scheme, highest first."""
        found = queries.bands_of(self.report.basis["scheme"])
        return {each.code: Band(each.label, each.colour, each.code) for each in found}

    @cached_property
    def schools(self) -> dict[str, str]:
        """The settings in it."""
        return queries.setting_names({rules.parted(key)[0] for key in self.report.figures.get("schools", {})})

    @cached_property
    def feeds(self) -> dict[str, str]:
        """Titles of feeds."""
        return queries.feed_titles()

    @property
    def people(self) -> int | None:
        """How many children live in the borough, where that was entered."""
        held = self.report.basis["people"]
        return held["number"] if held else None

    def label(self, figure: Figure, part: str) -> str:
        """The words for the first part of a key."""
        names: dict[Named, Mapping[str, str]] = {
            Named.BANDS: {code: band.label for code, band in self.bands.items()} | {"none": NOT_RATED.label},
            Named.SERVICES: {code: service.name for code, service in SERVICES.items()},
            Named.SCHOOLS: self.schools if figure.rows == Named.SCHOOLS else {},
            Named.WORDS: figure.words,
            Named.PLACEMENTS: {part: worded("placement", part)},
        }
        return NOT_KNOWN if part == "unknown" else names.get(figure.rows, {}).get(part, part)

    def parts(self, figure: Figure, numbers: Mapping[str, object]) -> list[str]:
        """The first parts of a figure as they are read: by the scheme, by the catalogue, in their words' order, else most first."""
        found = {rules.parted(key)[0] for key in numbers}
        orders: dict[Named, Iterable[str]] = {
            Named.BANDS: [*self.bands], Named.SERVICES: SERVICES, Named.WORDS: figure.words
        }  # fmt: skip
        if figure.rows in orders:
            order = list(orders[figure.rows])
            fixed = figure.words if figure.rows == Named.WORDS else {}
            return [part for part in order if part in found or part in fixed] + sorted(found - set(order))
        return sorted(found, key=lambda part: (part == "unknown", -self.sorted_by(figure, part), part))

    def sorted_by(self, figure: Figure, part: str) -> int:
        """What puts one place before another: its children of the highest bands, else all of them."""
        cells = {key: number or 0 for key, number in self.now(figure.code).items()}
        if "high" in figure.columns:
            return cells.get(f"{part}/high", 0) * 1_000_000 + cells.get(f"{part}/all", 0)
        return sum(number for key, number in cells.items() if rules.parted(key)[0] == part)

    @property
    def about(self) -> str:
        """When it was frozen, by which scheme, and what is not in it."""
        early = "" if self.over else ", before the week was over"
        return f"Frozen as known {day(self.report.as_at)}{early} · scheme {self.report.basis['scheme']} · no child is named here"

    @property
    def over(self) -> bool:
        """Whether the whole week is in it."""
        return Span(self.report.week, self.report.as_at).over
