"""The two drawings of a child's page as SVG without inline style; a table beside each says the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.core.presenters import Band, Change, Fact, Threshold

EDGE = 4
TINTS = ("p1", "p2", "p3", "p4", "p5")
HATCH = mark_safe(' fill="url(#hatch)"')


@dataclass(frozen=True)
class Frame:
    """A drawing's width and where its plot begins; the narrow one is for telephones."""

    width: int
    left: int
    narrow: bool

    def x(self, part: float) -> float:
        """The horizontal place of a share of the plot."""
        return round(self.left + (self.width - self.left - 14) * part, 1)


def both(draw: Callable[..., SafeString], *given: Any, left: int = EDGE) -> SafeString:
    """The drawing twice, wide and narrow; CSS shows the one that fits."""
    frames = (Frame(720, left, False), Frame(330, left, True))
    return format_html_join("", "{}", ((draw(frame, *given),) for frame in frames))


def svg(frame: Frame, height: int, body: SafeString) -> SafeString:
    """One drawing, hidden from screen readers."""
    return format_html(
        '<svg class="vcdb-chart vcdb-only-{}" viewBox="0 0 {} {}" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        "narrow" if frame.narrow else "wide",
        frame.width,
        height,
        body,
    )


def mark(band: Band, x: float, y: float, size: float = 14) -> SafeString:
    """A band's shape centred on a point."""
    return format_html(
        '<use class="c-{0}" href="#r-{0}" x="{1}" y="{2}" width="{3}" height="{3}"/>',
        band.colour,
        round(x - size / 2, 1),
        round(y - size / 2, 1),
        size,
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> SafeString:
    """A piece of text; `kind` is a class of the chart."""
    return format_html(
        '<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>', round(x, 1), y, kind, anchor, words
    )


def points_bar(facts: Sequence[Fact], thresholds: Sequence[Threshold]) -> SafeString:
    """The points of the facts end to end, where each band begins, and what a late source could add."""
    return both(_points, list(facts), sorted(thresholds, key=lambda item: item.points))


def _points(frame: Frame, facts: list[Fact], thresholds: list[Threshold]) -> SafeString:
    known = sum(fact.points for fact in facts if not fact.unsure and fact.points > 0)
    unsure = sum(fact.points for fact in facts if fact.unsure and fact.points > 0)
    whole = max(known + unsure, max((item.points for item in thresholds), default=0) * 1.15, 1)
    labels = _labels(frame, thresholds, whole)
    top = 18 + 17 * max((label.row + 1 for label in labels), default=0)
    body = format_html(
        '<rect x="{}" y="{}" width="{}" height="22" class="track"/>{}{}{}',
        frame.left,
        top,
        frame.x(1) - frame.left,
        _blocks(frame, facts, whole, top),
        format_html_join("", "{}", ((_threshold(label, top),) for label in labels)),
        _total(frame.x(known / whole), top, known, unsure, frame.narrow),
    )
    return svg(frame, top + 58, body)


def _total(end: float, top: int, known: int, unsure: int, narrow: bool) -> SafeString:
    early = end < 110
    said = text(
        end + (2 if early else -2), top + 47, f"{known} points known", "b", "start" if early else "end"
    )
    words = f"up to +{unsure}" if narrow else f"up to {unsure} not checked"
    extra = text(end + 5, top + 47, words, "late") if unsure and not early else ""
    return format_html('<path d="M{} {}v8" class="rule"/>{}{}', end, top + 24, said, extra)


def _blocks(frame: Frame, facts: list[Fact], whole: float, top: int) -> SafeString:
    drawn, at, ordered = [], 0, sorted(facts, key=lambda fact: (fact.unsure, -fact.points))
    for number, fact in enumerate(fact for fact in ordered if fact.points > 0):
        left, right = frame.x(at / whole), frame.x((at + fact.points) / whole)
        kind = "unsure" if fact.unsure else TINTS[min(number, 4)]
        shown = right - left > 18 and not fact.unsure
        label = (
            text((left + right) / 2, top + 15.5, str(fact.points), f"on-{kind}", "middle") if shown else ""
        )
        drawn.append((left, top, round(right - left, 1), kind, HATCH if fact.unsure else "", label))
        at += fact.points
    return format_html_join("", '<rect x="{}" y="{}" width="{}" height="22" class="{}"{}/>{}', drawn)


@dataclass(frozen=True)
class Label:
    """Where a band begins: its line, its words, on which side of the line and in which row they stand."""

    band: Band
    words: str
    x: float
    flip: bool
    row: int


def _labels(frame: Frame, thresholds: list[Threshold], whole: float) -> list[Label]:
    labels: list[Label] = []
    taken: list[float] = []
    # From the right, so that what has to move up is the left one: its line then crosses no words.
    for item in reversed(thresholds):
        words = f"{item.band.label}{' ' if frame.narrow else ' from '}{item.points}"
        x, length = frame.x(item.points / whole), 26 + 7 * len(words)
        flip = x + length > frame.width
        start = x - length if flip else x
        row = next((number for number, left in enumerate(taken) if start + length <= left), len(taken))
        taken[row : row + 1] = [start]
        labels.insert(0, Label(item.band, words, x, flip, row))
    return labels


def _threshold(label: Label, top: int) -> SafeString:
    y = top - 22 - 17 * label.row
    side = -1 if label.flip else 1
    return format_html(
        '<path d="M{} {}V{}" class="rule"/>{}{}',
        label.x,
        y - 8,
        top + 25,
        mark(label.band, label.x + 9 * side, y, 13),
        text(label.x + 20 * side, y + 4.5, label.words, anchor="end" if label.flip else "start"),
    )


def rating_line(changes: Sequence[Change], bands: Sequence[Band], until: date) -> SafeString:
    """Twelve months of ratings as a stepped line: one row a band, the highest on top."""
    return both(_line, sorted(changes, key=lambda change: change.when), list(bands), until, left=96)


def _line(frame: Frame, changes: list[Change], bands: list[Band], until: date) -> SafeString:
    start = until - timedelta(days=365)
    rows = {band.label: 18 + 30 * number for number, band in enumerate(bands)}
    height = 18 + 30 * len(bands) + 14
    steps = _steps(frame, [c for c in changes if c.band.label in rows], rows, start, until)
    body = format_html(
        "{}{}{}{}",
        format_html_join("", "{}", ((_row(frame, band, rows[band.label]),) for band in bands)),
        _months(frame, start, until, height),
        format_html('<path d="{}" class="line"/>', _path(steps, frame.x(1))) if steps else "",
        format_html_join("", "{}", ((mark(band, x, y, 15),) for x, y, band in steps)),
    )
    return svg(frame, height, body)


def _steps(
    frame: Frame, changes: list[Change], rows: dict[str, int], start: date, until: date
) -> list[tuple[float, int, Band]]:
    steps: list[tuple[float, int, Band]] = []
    for change in changes:
        part = (min(change.when, until) - start).days / 365
        if part <= 0:
            steps.clear()
        steps.append((frame.x(max(part, 0)), rows[change.band.label], change.band))
    return steps


def _path(steps: list[tuple[float, int, Band]], end: float) -> str:
    x, y, _ = steps[0]
    return f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y, _ in steps[1:]) + f"H{end}"


def _row(frame: Frame, band: Band, y: int) -> SafeString:
    line = format_html('<path d="M{} {}H{}" class="grid"/>', frame.left, y, frame.x(1))
    return format_html("{}{}{}", line, mark(band, 10, y, 13), text(22, y + 4.5, band.label))


def _months(frame: Frame, start: date, until: date, height: int) -> SafeString:
    drawn, each = [], start.replace(day=1)
    for number in range(13):
        each = (each + timedelta(days=32)).replace(day=1) if number else each
        part = (each - start).days / 365
        if 0 <= part <= 1 and number % (3 if frame.narrow else 1) == 0:
            drawn.append(
                (frame.x(part), height - 26, text(frame.x(part), height - 4, f"{each:%b}", "soft", "middle"))
            )
    return format_html_join("", '<path d="M{} 10V{}" class="grid"/>{}', drawn)
