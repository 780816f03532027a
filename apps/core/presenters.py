"""Small typed shapes the components draw. Views and queries fill them; nothing here reads a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from apps.core import words

SHAPES = {
    "red": "octagon",
    "amber": "triangle",
    "green": "circle",
    "purple": "diamond",
    "none": "dashed square",
}


@dataclass(frozen=True)
class Band:
    """A band of the rating scheme as a page shows it; `colour` is a key of SHAPES, which gives the shape."""

    label: str
    colour: str
    code: str = ""


NOT_RATED = Band("Not rated", "none", "none")


@dataclass(frozen=True)
class State:
    """What one service says of a child: `kind` is known, ended, clear, unchecked or held. Never blank."""

    kind: str
    since: date | None = None
    until: date | None = None
    reason: str = ""

    @classmethod
    def known(cls, since: date | None = None) -> "State":
        """Open now."""
        return cls("known", since)

    @classmethod
    def ended(cls, until: date | None, since: date | None = None) -> "State":
        """Was open, and ended."""
        return cls("ended", since, until)

    @classmethod
    def clear(cls) -> "State":
        """The source was asked and has no record."""
        return cls("clear")

    @classmethod
    def unchecked(cls, reason: str = "source late") -> "State":
        """Nobody can say; the reason is shown in brackets."""
        return cls("unchecked", reason=reason)

    @classmethod
    def held(cls) -> "State":
        """The agreement does not share it, whether there is a record or not."""
        return cls("held")


@dataclass(frozen=True)
class Freshness:
    """How fresh a source is. `as_at=None`: no file has ever come. `late`: "4 weeks late", else empty. `phone`: whom to ask."""

    source: str
    as_at: date | datetime | None
    late: str = ""
    phone: str = ""

    @property
    def kind(self) -> str:
        """The style: "", "late" or "none"."""
        return "none" if self.as_at is None else "late" if self.late else ""

    @property
    def text(self) -> str:
        """The line as read."""
        return f"{self.source}{'' if self.late and self.as_at else ':' if self.as_at is None else ','} {self.short}"

    @property
    def short(self) -> str:
        """The line without its source, for tables that name it already."""
        if self.as_at is None:
            return "no file has ever come"
        return f"{self.late + ': ' if self.late else ''}as at {words.moment(self.as_at)}"

    @property
    def gap(self) -> str:
        """The same with its source: "Youth justice: not checked since 19 Oct 2026, 4 weeks late"."""
        return f"{self.source}: {self.unchecked}"

    @property
    def unchecked(self) -> str:
        """Since when nobody can say what the source would: "not checked since 19 Oct 2026, 4 weeks late"."""
        if self.as_at is None:
            return "no file has ever come"
        return ", ".join(part for part in (f"not checked since {words.day(self.as_at)}", self.late) if part)


@dataclass(frozen=True)
class Clock:
    """The time left of a response time that runs from `opened` to `due`."""

    opened: datetime
    due: datetime
    now: datetime

    @classmethod
    def running(cls, opened: datetime, due: datetime) -> "Clock":
        """The clock as it stands this moment."""
        return cls(opened, due, timezone.now())

    @property
    def part(self) -> float:
        """The share of the time that is used, 0 to 1."""
        whole = (self.due - self.opened).total_seconds()
        return min(max((self.now - self.opened).total_seconds() / whole, 0), 1) if whole > 0 else 1

    @property
    def kind(self) -> str:
        """The style: "", "soon" (a fifth or less is left) or "over"."""
        return "over" if self.now > self.due else "soon" if self.part >= 0.8 else ""

    @property
    def left(self) -> str:
        """ "3 h left", "2 days over"."""
        return f"{hours(abs(self.due - self.now))} {'over' if self.now > self.due else 'left'}"

    @property
    def window(self) -> str:
        """ "due Thu 3 Dec"."""
        day = words.local(self.due)
        return f"due {day:%a} {day.day} {day:%b}"


def hours(length: timedelta) -> str:
    """Hours up to two days, then days."""
    whole = round(length.total_seconds() / 3600)
    return f"{whole} h" if whole < 48 else words.count(round(whole / 24), "day")


@dataclass(frozen=True)
class Tile:
    """One figure of a row of figures; `href` leads to its rows."""

    label: str
    figure: str | int
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Cause:
    """One fact behind a change: `sign` is + (gained), - (lost) or ? (unsure)."""

    sign: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Entry:
    """One dated entry of a timeline; `icon` is an icon's name, `band` colours a rating's entry."""

    when: date
    title: str
    detail: str = ""
    icon: str = "s-known"
    href: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Step:
    """One step of a numbered way; `status` is done, now, todo or stop."""

    label: str
    status: str = "todo"
    note: str = ""


@dataclass(frozen=True)
class Column:
    """A table's column; `align` "r" for figures, `href` and `sort` (ascending, descending) where it sorts."""

    label: str
    align: str = ""
    href: str = ""
    sort: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Fact:
    """A contributing fact of a rating. `unsure` points could still be added by a source not checked."""

    label: str
    points: int
    unsure: bool = False


@dataclass(frozen=True)
class Threshold:
    """Where a band begins on the points bar."""

    band: Band
    points: int


@dataclass(frozen=True)
class Change:
    """A rating from a day on, for the twelve-month line; newest last."""

    when: date
    band: Band
    cause: str = ""
    by: str = ""


@dataclass(frozen=True)
class Crumb:
    """A step back; without `href` it is the page one is on."""

    label: str
    href: str = ""


def columns(spec: "str | Sequence[Column | str]") -> list[Column]:
    """Columns from "Child|Change|Points:r|Select:h" or a mixed list of Column and such words."""
    parts = spec.split("|") if isinstance(spec, str) else spec
    return [part if isinstance(part, Column) else _column(part) for part in parts]


def _column(word: str) -> Column:
    label, _, flags = word.partition(":")
    return Column(
        label.strip(), align="r" if "r" in flags else "n" if "n" in flags else "", hidden="h" in flags
    )
