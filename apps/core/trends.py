"""A share over time as SVG without inline style, held against a bar; a table beside it says the same."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.core.charts import Frame, both, svg, text
from apps.core.marks import meter
from apps.core.words import day

TOP, HIGH = 12, 110


def share_bar(percent: float) -> SafeString:
    """A per cent with a bar of that length."""
    return format_html('<span class="vcdb-bar">{}<b>{} %</b></span>', meter(percent / 100), f"{percent:g}")


def share_line(points: Sequence[tuple[date, float]], bar: float) -> SafeString:
    """Per cents from file to file, oldest first, with the bar as a broken line; the scale begins at the quarter below the lowest."""
    floor = min(int(min(bar - 1, *(percent for _, percent in points)) // 25 * 25), 75)
    return both(_drawn, list(points), bar, floor, left=44)


def _y(percent: float, floor: int) -> float:
    return round(TOP + HIGH * (100 - percent) / (100 - floor), 1)


def _drawn(frame: Frame, points: list[tuple[date, float]], bar: float, floor: int) -> SafeString:
    first, last = points[0][0], points[-1][0]
    days = max((last - first).days, 1)
    places = [(frame.x((when - first).days / days), _y(percent, floor)) for when, percent in points]
    body = format_html(
        '{}<path d="M{} {}H{}" class="rule broken"/><path d="{}" class="line"/>{}{}',
        _grid(frame, bar, floor),
        frame.left,
        _y(bar, floor),
        frame.x(1),
        "M" + "L".join(f"{x} {y}" for x, y in places),
        format_html_join("", '<circle cx="{}" cy="{}" r="4" class="p1"/>', places),
        _ends(frame, first, last),
    )
    return svg(frame, TOP + HIGH + 28, body)


def _grid(frame: Frame, bar: float, floor: int) -> SafeString:
    # the bar is told at the scale itself, where no line runs across its words
    marks = [(mark, "soft") for mark in range(floor, 101, 25) if abs(mark - bar) > 12 * (100 - floor) / HIGH]
    lines = (
        (frame.left, _y(mark, floor), frame.x(1), _label(frame, mark, kind, floor)) for mark, kind in marks
    )
    return format_html(
        "{}{}",
        format_html_join("", '<path d="M{} {}H{}" class="grid"/>{}', lines),
        _label(frame, bar, "b", floor),
    )


def _label(frame: Frame, percent: float, kind: str, floor: int) -> SafeString:
    return text(frame.left - 6, _y(percent, floor) + 4, f"{percent:g}", kind, "end")


def _ends(frame: Frame, first: date, last: date) -> SafeString:
    return format_html(
        "{}{}",
        text(frame.left, TOP + HIGH + 22, day(first), "soft"),
        text(frame.x(1), TOP + HIGH + 22, day(last), "soft", "end"),
    )
