"""What the child's setting says beside its return: its risk assessment, whether it expects the child, and whom it tried to reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.words import day as in_words
from apps.involvements.models import Observation

#: In the order of the panel, with what stands before the second date.
KINDS = {
    "school_risk": ("Risk assessment", "look again"),
    "school_expected": ("Attendance", "until"),
    "school_contact": ("Contact attempts", ""),
}
MOST = 6


@dataclass(frozen=True)
class Line:
    """One thing said: what, about whom and how, in words, by which setting on which day."""

    said: str
    about: str
    words: str
    source: str
    overdue: bool


@dataclass(frozen=True)
class SchoolSaid:
    """One kind: what stands first, then what was before."""

    title: str
    lines: list[Line]
    earlier: int


def school_says(taken: Sequence[Observation], day: date) -> list[SchoolSaid]:
    """Each kind of which something is known and shared, the newest first."""
    found = []
    for measure, (title, second) in KINDS.items():
        said = sorted(
            (each for each in taken if each.measure == measure and each.on and each.on <= day),
            key=lambda each: (each.on or date.min, each.recorded_from, each.pk or 0),
            reverse=True,
        )
        shown = said[:MOST] if measure == "school_contact" else said[:1]
        if shown:
            lines = [line(each, second, day) for each in shown]
            found.append(SchoolSaid(title, lines, len(said) - len(shown)))
    return found


def line(each: Observation, second: str, day: date) -> Line:
    """In words."""
    detail = each.detail or {}
    about = [detail.get("whom", ""), str(detail.get("how", "")).lower()]
    until = date.fromisoformat(detail["until"]) if detail.get("until") else None
    if until:
        about.append(f"{second} {in_words(until)}")
    overdue = each.measure == "school_risk" and bool(until and until < day)
    source = f"{each.agency.name}, {in_words(each.on)}"
    told = ", ".join(part for part in about if part)
    return Line(each.text, told, detail.get("words", ""), source, overdue)
