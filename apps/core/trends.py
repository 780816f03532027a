"""A share over time as SVG without inline style, held against a bar; a table beside it says the same."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.core.charts import Frame, both, svg, text
from apps.core.words import day

TOP, HIGH = 12, 110
MARKS = (0, 25, 50, 75, 100)


def share_line(points: Sequence[tuple[date, float]], bar: float) -> SafeString:
    """Per cents from file to file, oldest first, with the bar as a line of its own."""
    return both(_drawn, list(points), bar, left=44)


def _y(percent: float) -> float:
    return round(TOP + HIGH * (1 - percent / 100), 1)


def _drawn(frame: Frame, points: list[tuple[date, float]], bar: float) -> SafeString:
    first, last = points[0][0], points[-1][0]
    days = max((last - first).days, 1)
    places = [(frame.x((when - first).days / days), _y(percent)) for when, percent in points]
    body = format_html(
        '{}<path d="M{} {}H{}" class="rule"/>{}<path d="{}" class="line"/>{}{}',
        _grid(frame),
        frame.left,
        _y(bar),
        frame.x(1),
        text(frame.x(1), _y(bar) + 15, f"bar: {bar:g} %", "soft", "end"),
        "M" + "L".join(f"{x} {y}" for x, y in places),
        format_html_join("", '<circle cx="{}" cy="{}" r="3.5" class="p1"/>', places),
        _ends(frame, first, last),
    )
    return svg(frame, TOP + HIGH + 28, body)


def _grid(frame: Frame) -> SafeString:
    lines = (
        (frame.left, _y(mark), frame.x(1), text(frame.left - 6, _y(mark) + 4, f"{mark}", "soft", "end"))
        for mark in MARKS
    )
    return format_html_join("", '<path d="M{} {}H{}" class="grid"/>{}', lines)


def _ends(frame: Frame, first: date, last: date) -> SafeString:
    return format_html(
        "{}{}",
        text(frame.left, TOP + HIGH + 22, day(first), "soft"),
        text(frame.x(1), TOP + HIGH + 22, day(last), "soft", "end"),
    )
