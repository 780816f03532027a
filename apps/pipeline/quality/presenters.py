"""The data quality pages in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.core.presenters import Freshness, Tile
from apps.pipeline.quality.queries import Count, Line
from apps.pipeline.quality.rules import BAR, LEAST, Share


@dataclass(frozen=True)
class Row:
    """One feed of the page; without a count nothing can be said of its records, and ``why`` says so."""

    line: Line
    fresh: Freshness
    count: Count | None
    why: str


def row(line: Line, children: bool) -> Row:
    """A feed as the reader may see it: who sees no child is shown no figure of so few that it says something of one."""
    fresh = Freshness(line.agency, line.as_of, line.late)
    if line.as_of is None:
        return Row(line, fresh, None, "No file has ever come")
    if line.count is None:
        return Row(line, fresh, None, "Counted in the night")
    if not line.count.records:
        return Row(line, fresh, None, "Brings no records of children")
    if not children and line.count.records < LEAST:
        return Row(line, fresh, None, f"Fewer than {LEAST} records")
    return Row(line, fresh, line.count, "")


def tiles(rows: Sequence[Row]) -> list[Tile]:
    """The page's first answer: who is under the bar, what is late, what waits."""
    counted = [each.count for each in rows if each.count]
    under = sum(each.nhs_number.percent is not None and not each.nhs_number.reaches for each in counted)
    pupils = sum(each.upn.percent is not None and not each.upn.reaches for each in counted)
    late = sum(each.fresh.kind != "" for each in rows)
    return [
        Tile(f"NHS number under {BAR} %", under, "feeds that send it"),
        Tile(f"UPN under {BAR} %", pupils, "feeds that send it"),
        Tile("Late or never came", late, f"of {len(rows)} feeds"),
        Tile("Rows left out", sum(each.errors for each in counted), "of the newest files"),
        Tile("Questions open", sum(each.line.waiting for each in rows), "of children or fields"),
    ]


def index(lines: Sequence[Line], children: bool) -> dict[str, Any]:
    """The page of all feeds: coverage and state, then completeness field by field."""
    rows = [row(line, children) for line in lines]
    counted = [each for each in rows if each.count]
    labels = [label for label, _ in counted[0].count.fields] if counted and counted[0].count else []
    return {
        "rows": rows,
        "tiles": tiles(rows),
        "counted": counted,
        "columns": ["Feed", *(f"{label}:r" for label in labels)],
        "late": [
            Freshness(each.line.title, each.line.as_of, each.line.late) for each in rows if each.line.late
        ],
        "bar": BAR,
    }


def one(line: Line, points: Sequence[tuple[date, Count]], children: bool) -> dict[str, Any]:
    """The page of one feed: what its records lack now, and how that went from file to file."""
    shown = [(day, count) for day, count in points if children or count.records >= LEAST]
    now = row(line, children)
    shares = (
        [("NHS number", now.count.nhs_number), ("UPN", now.count.upn), *now.count.fields] if now.count else []
    )
    return {
        "row": now,
        "shares": [(label, share) for label, share in shares if share.percent is not None],
        "not_sent": [label for label, share in shares if share.percent is None and share.whole],
        "trends": [
            (label, trend)
            for label, name in (("NHS number", "nhs_number"), ("UPN", "upn"))
            if (trend := trend_of(shown, name))
        ],
        "points": shown[::-1],
        "bar": BAR,
    }


def trend_of(points: Sequence[tuple[date, Count]], name: str) -> list[tuple[date, float]]:
    """One share over time; nothing where fewer than two files say it."""
    told: list[tuple[date, Share]] = [(day, getattr(count, name)) for day, count in points]
    line = [(day, share.percent) for day, share in told if share.percent is not None]
    return line if len(line) > 1 else []
