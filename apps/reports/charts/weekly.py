"""The specifications of drawings over weeks. Pure."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from apps.core.presenters import Band
from apps.core.vega import BANDS, INK, Spec
from apps.reports.charts.parts import as_given, narrow

#: How much of the height a name at the end of an area needs for itself.
LEAST = 0.075
NOT_TOLD = ("#d3dae0", INK)


def line(numbers: Sequence[int | None], width: int) -> Spec:
    """A line of its own scale, its last week marked."""
    values = [{"week": at, "number": number} for at, number in enumerate(numbers)]
    x = {
        "field": "week",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, len(values) - 1], "nice": False},
    }
    y = {"field": "number", "type": "quantitative", "axis": None, "scale": {"zero": False, "nice": False}}
    point = {"type": "point", "filled": True, "size": 60, "color": INK, "opacity": 1}
    last = {"transform": [{"filter": f"datum.week == {len(values) - 1}"}], "mark": point}
    return {
        "width": 190, "height": 34, "padding": 6, "data": {"values": values}, "encoding": {"x": x, "y": y},
        "layer": [{"mark": {"type": "line", "color": INK, "strokeWidth": 2}}, last],
    }  # fmt: skip


def areas(days: Sequence[date], bands: Sequence[tuple[Band, Sequence[int | None]]], width: int) -> Spec:
    """The ratings upon each other, the highest at the foot; each is named with its number at its end."""
    values = [
        {"week": day.isoformat(), "number": number, "part": band.label, "order": place, **_coloured(band)}
        for place, (band, numbers) in enumerate(bands)
        for day, number in zip(days, numbers, strict=True)
    ]
    axis: dict[str, Any] = {
        "format": "%-d %b",
        "labelAngle": 0,
        "tickCount": 3 if narrow(width) else 7,
        "labelFlush": True,
    }
    x = {
        "field": "week",
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "scale": {"type": "utc"},
        "axis": axis,
    }
    y = {
        "field": "number",
        "type": "quantitative",
        "stack": "zero",
        "scale": {"nice": True},
        "axis": {"grid": True, "tickCount": 4, "format": ",d"},
    }
    area = {
        "mark": {"type": "area", "strokeWidth": 1, "line": False},
        "encoding": {
            "x": x,
            "y": y,
            "order": {"field": "order", "type": "quantitative"},
            "detail": {"field": "part"},
            "color": as_given("fill"),
            "stroke": as_given("edge"),
        },
    }
    return {
        "width": width, "height": 240 if narrow(width) else 300, "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 8, "bottom": 2, "right": 24},
        "data": {"values": values}, "layer": [area, _names(days[-1], bands, x)],
    }  # fmt: skip


def _coloured(band: Band) -> dict[str, str]:
    fill, edge = BANDS.get(band.colour, NOT_TOLD)
    return {"fill": fill, "edge": edge}


def _names(last: date, bands: Sequence[tuple[Band, Sequence[int | None]]], x: Spec) -> Spec:
    numbers = [numbers[-1] or 0 for _, numbers in bands]
    places = spread(
        [top - number / 2 for top, number in zip(accumulate(numbers), numbers, strict=True)], sum(numbers)
    )
    values = [
        {"week": last.isoformat(), "place": place, "said": f"{band.label} {number:,}"}
        for place, number, (band, _) in zip(places, numbers, bands, strict=True)
    ]
    y = {"field": "place", "type": "quantitative"}
    mark = {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold", "clip": False}
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y, "text": {"field": "said"}}}


def spread(places: Sequence[float], whole: float) -> list[float]:
    """The places, moved up where two are too near to be read."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + whole * LEAST) if moved else place)
    return moved
