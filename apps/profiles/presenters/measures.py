"""The measures taken of a child: the newest figure, what it was before, and the state of its source where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.core import marks, words
from apps.core.presenters import State
from apps.involvements.catalogue import MEASURES, SERVICES, Measure
from apps.involvements.models import Observation
from apps.involvements.presenters import Shares, Source, senders, state_of
from apps.profiles.presenters.timeline import figure

COUNTED = frozenset({"suspension", "permanent_exclusion"})


@dataclass(frozen=True)
class Meter:
    """One measure: a figure with its note, or the state that stands in its place."""

    name: str
    figure: str = ""
    note: str = ""
    source: str = ""
    state: State | None = None
    part: float | None = None

    @property
    def bar(self) -> str:
        """A bar as long as the share, where the measure is one."""
        return "" if self.part is None else marks.meter(self.part)


def meters(taken: Sequence[Observation], sources: Sequence[Source], shares: Shares, day: date) -> list[Meter]:
    """Every measure of the catalogue, newest first within each."""
    by_code: dict[str, list[Observation]] = {}
    for each in taken:
        by_code.setdefault(each.measure, []).append(each)
    return [meter(measure, by_code.get(code, []), sources, shares, day) for code, measure in MEASURES.items()]


def meter(
    measure: Measure, taken: Sequence[Observation], sources: Sequence[Source], shares: Shares, day: date
) -> Meter:
    """One measure's newest figure; never blank."""
    if not taken:
        sends = senders(SERVICES[measure.service], sources)
        shared = [source for source in sends if shares(source.agency, measure.service)]
        return Meter(measure.name, state=state_of([], shared, bool(shared) or not sends, day))
    newest = taken[0]
    source = f"{newest.agency.name}, {words.day(newest.until or newest.on)}".rstrip(", ")
    if measure.code in COUNTED:
        return counted(measure, taken, source, day)
    part = float(newest.value) / 100 if measure.code == "attendance" and newest.value is not None else None
    return Meter(measure.name, figure(newest), was(taken), source, part=part)


def counted(measure: Measure, taken: Sequence[Observation], source: str, day: date) -> Meter:
    """How often it happened this school year."""
    start = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    this_year = [each for each in taken if each.on and each.on >= start]
    sessions = sum(each.value or 0 for each in this_year)
    note = f"{sessions.normalize():f} sessions in all" if sessions else ""
    earlier = len(taken) - len(this_year)
    before = f"{words.count(earlier, 'time')} in earlier years" if earlier else ""
    return Meter(
        f"{measure.name}s this school year",
        str(len(this_year)),
        "; ".join(filter(None, (note, before))),
        source,
    )


def was(taken: Sequence[Observation]) -> str:
    """What the figure was before."""
    if len(taken) < 2:
        return ""
    return f"was {figure(taken[1])} on {words.day(taken[1].until or taken[1].on)}"
