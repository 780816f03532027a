"""What teams can do beside what is needed, for the week of a report."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from apps.core.words import count
from apps.involvements.catalogue import SERVICES
from apps.reports import rules
from apps.reports.models import Capacity
from apps.reports.reading import NOT_KNOWN, Reading


@dataclass
class Line:
    """A service or a sector: places and what they cost, beside the children who are there."""

    label: str
    need: int | None
    places: int = 0
    cost: int = 0
    costed: int = 0
    teams: list[str] = field(default_factory=list)

    def add(self, held: Capacity) -> None:
        """Count a team in."""
        self.places += held.places
        self.teams.append(f"{held.team} ({held.places:,})")
        if held.cost is not None:
            self.cost, self.costed = self.cost + held.cost, self.costed + held.places

    @property
    def used(self) -> str:
        """Children of every hundred places; nothing where there is no place or a number is withheld."""
        return f"{rules.percent(self.need, self.places)} %" if self.places and self.need is not None else ""

    @property
    def each(self) -> str:
        """What a place costs a year, of those whose cost is known."""
        return f"£{round(self.cost / self.costed):,}" if self.costed else ""


def in_force(held: Iterable[Capacity], week: date) -> list[Capacity]:
    """Of each team, service and sector what was entered last for the week."""
    told = sorted((each for each in held if each.from_week <= week), key=lambda each: each.from_week)
    newest = {(each.service, each.team, each.area): each for each in told}
    return list(newest.values())


def by_service(reading: Reading, held: Iterable[Capacity]) -> list[Line]:
    """Places of each service beside the children open to it."""
    numbers = reading.now("services")
    lines = {code: Line(SERVICES[code].name, numbers[code]) for code in SERVICES if code in numbers}
    for each in held:
        lines.setdefault(each.service, Line(SERVICES[each.service].name, numbers.get(each.service, 0))).add(
            each
        )
    return list(lines.values())


def by_area(reading: Reading, held: Iterable[Capacity]) -> list[Line]:
    """Places of each sector beside the children of the two highest bands who live there; teams of the whole borough are not in it."""
    numbers = reading.now("areas")
    teams: dict[str, list[Capacity]] = defaultdict(list)
    for each in held:
        if each.area:
            teams[each.area].append(each)
    sectors = {rules.parted(key)[0] for key in numbers} | set(teams)
    lines = [_area(sector, numbers.get(f"{sector}/high", 0), teams[sector]) for sector in sectors]
    return sorted(lines, key=lambda line: (line.label == NOT_KNOWN, -(line.need or 0), line.label))


def _area(sector: str, need: int | None, held: Iterable[Capacity]) -> Line:
    line = Line(NOT_KNOWN if sector == "unknown" else sector, need)
    for each in held:
        line.add(each)
    return line


def said(lines: Iterable[Line]) -> str:
    """How many services have more children than places."""
    over = [line.label for line in lines if line.places and line.need is not None and line.need > line.places]
    return (
        f"{count(len(over), 'service has', 'services have')} more children than places: {', '.join(over)}."
        if over
        else ""
    )
