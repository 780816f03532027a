"""Each rating over the weeks as a small line of its own; the table beside them says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.core.presenters import Band
from apps.reports.models import Report
from apps.reports.reading import Reading

WIDE, HIGH, EDGE = 200, 40, 5


@dataclass(frozen=True)
class Line:
    """One rating: how many now, how many at first, and the line between."""

    band: Band
    now: int | None
    first: int | None
    drawing: SafeString | str


def lines(reading: Reading, past: Sequence[Report]) -> list[Line]:
    """A line for each rating; none before there are two weeks, and none drawn through a number that is withheld."""
    if len(past) < 2:
        return []
    return [
        _line(reading, band, [reading.of(each, "bands").get(code, 0) for each in past])
        for code, band in reading.bands.items()
    ]


def _line(reading: Reading, band: Band, numbers: list[int | None]) -> Line:
    told = [number for number in numbers if number is not None]
    return Line(band, numbers[-1], numbers[0], drawn(told) if len(told) == len(numbers) else "")


def drawn(numbers: Sequence[int]) -> SafeString:
    """The line, its own least at the foot and its own most at the top."""
    low, high = min(numbers), max(numbers)
    places = [
        (round(EDGE + (WIDE - 2 * EDGE) * at / (len(numbers) - 1), 1),
         round(HIGH - EDGE - (HIGH - 2 * EDGE) * ((number - low) / (high - low) if high > low else 0.5), 1))
        for at, number in enumerate(numbers)
    ]  # fmt: skip
    x, y = places[-1]
    return format_html(
        '<svg class="vcdb-chart" viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><path class="line" d="M{}"/>'
        '<circle class="p1" cx="{}" cy="{}" r="4"/></svg>',
        WIDE, HIGH, "L".join(f"{x} {y}" for x, y in places), x, y,
    )  # fmt: skip
