"""What the specifications of drawings are put together from. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.core.vega import INK, NARROW, Spec

Values = Sequence[dict[str, Any]]

#: A letter is about so wide: names are measured here, since the compiler does not know the fonts of who reads.
LETTER = 7.8
#: How wide a name beside its line may be.
NAME = 210
#: Drawn at once: more lines than these are for the table.
MOST = 30


def narrow(width: int) -> bool:
    """Whether it is for a telephone: there each line's name stands above it, not beside."""
    return width <= NARROW


def room(words: Iterable[str]) -> float:
    """How wide the longest of them is."""
    return max(map(len, words), default=0) * LETTER


def lines(width: int, values: Values) -> dict[str, Any]:
    """One line beneath the other, in the order they come."""
    y: dict[str, Any] = {
        "field": "line", "type": "nominal", "sort": None, "axis": None, "scale": {"paddingInner": 0.35, "paddingOuter": 0.2},
    }  # fmt: skip
    extent = min(room(each["line"] for each in values) + 8, NAME)
    return y if narrow(width) else y | {"axis": {"minExtent": extent}}


def sheet(width: int, values: Values, layers: Sequence[Spec], title: str = "", **more: Any) -> dict[str, Any]:
    """A specification of lines: as wide as asked, as high as it has lines."""
    named = [label(width)] if narrow(width) else []
    return {
        "width": width, "height": {"step": 46 if narrow(width) else 25}, "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 2, "data": {"values": list(values)}, "encoding": {"y": lines(width, values)}, "layer": [*layers, *named],
        **({"title": title} if title else {}), **more,
    }  # fmt: skip


def label(width: int) -> dict[str, Any]:
    """A line's name above it."""
    place = {"x": {"value": 0}, "text": {"field": "line"}}
    once = [{"aggregate": [{"op": "count", "as": "parts"}], "groupby": ["line"]}]
    return {
        "transform": once,
        "mark": {"type": "text", "align": "left", "dy": -15, "limit": width * 0.82},
        "encoding": place,
    }


def low(width: int) -> dict[str, int]:
    """Beneath its name, where that stands above."""
    return {"yOffset": 5} if narrow(width) else {}


def bar(width: int, **more: Any) -> dict[str, Any]:
    """The mark of a bar; beneath its name it leaves room for it."""
    return {"type": "bar", **({"height": 16} if narrow(width) else {}), **low(width), **more}


def number(width: int, place: Mapping[str, Any], field: str = "said", **more: Any) -> dict[str, Any]:
    """The number beside the end of a bar."""
    mark = {
        "type": "text",
        "align": "left",
        "dx": 6,
        "color": INK,
        **low(width),
    }
    return {"mark": mark | more, "encoding": {"x": place, "text": {"field": field}}}


def across(field: str, most: float, width: int, values: Values, least: float = 0) -> dict[str, Any]:
    """A scale without marks, as each bar carries its number."""
    plot = width if narrow(width) else width - min(room(each["line"] for each in values), NAME)
    words = room(each["said"] for each in values) + 12
    span = (most or 1) - least
    stretch = span * words / max(plot - words * (2 if least else 1), 60)
    domain = [least - stretch if least else 0, (most or 1) + stretch]
    scale = {"domain": domain, "nice": False, "zero": True}
    return {"field": field, "type": "quantitative", "axis": None, "stack": None, "scale": scale}


def as_given(field: str) -> dict[str, Any]:
    """A colour that the values name themselves."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def legend(names: Sequence[str], colours: Sequence[str], width: int) -> dict[str, Any]:
    """Colours by name, in the order in which they are drawn."""
    columns = 2 if room(["".join(names)]) + 44 * len(names) > width - NAME else len(names)
    return {
        "field": "part", "type": "nominal", "scale": {"domain": list(names), "range": list(colours)},
        "legend": {"columns": 1 if narrow(width) else columns},
    }  # fmt: skip
