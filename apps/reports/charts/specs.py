"""The specifications of drawings, one for each way a figure is drawn. Pure."""

from collections.abc import Sequence
from typing import Any

from apps.core.vega import INK, TINTS, Spec
from apps.reports.charts.parts import (
    Values,
    across,
    as_given,
    bar,
    legend,
    low,
    narrow,
    number,
    room,
    sheet,
)

NEW, ENDED = TINTS[1], TINTS[3]
#: What is written on each tint.
ON = ("#fff", "#fff", "#000", INK, INK)


def bars(values: Values, width: int, before: str = "") -> Spec:
    """A bar for each line, in its own colour, with what it was before as a mark across it."""
    most = max(each["end"] for each in values)
    layers = [
        {"mark": bar(width), "encoding": {"x": across("now", most, width, values), "color": as_given("fill"), "stroke": as_given("edge")}},
        number(width, across("end", most, width, values)),
    ]  # fmt: skip
    if before:
        mark = {"type": "tick", "thickness": 3, "size": 20, "color": INK, "stroke": "#fff", "strokeWidth": 1}
        layers.insert(
            1, {"mark": mark | low(width), "encoding": {"x": across("before", most, width, values)}}
        )
    return sheet(width, values, layers, f"Mark across a bar: {before.lower()}" if before else "")


def within(values: Values, names: Sequence[str], width: int) -> Spec:
    """What is part of each bar as a darker one upon it."""
    most = max(each["end"] for each in values)
    colour = legend(names, (TINTS[4], TINTS[0]), width)
    thinner: tuple[dict[str, Any], ...] = ({}, {"height": 8})
    layers = [
        {"transform": [{"filter": {"field": "part", "equal": name}}], "mark": bar(width, **thin),
         "encoding": {"x": across("number", most, width, values), "color": colour}}
        for name, thin in zip(names, thinner, strict=True)
    ]  # fmt: skip
    return sheet(width, values, [*layers, number(width, across("end", most, width, values))])


def apart(values: Values, names: Sequence[str], width: int) -> Spec:
    """What came to the right and what went to the left, from the same line."""
    most = max(abs(each["place"]) for each in values)
    place = across("place", most, width, values, least=-most)
    layers: list[Any] = [
        {"mark": bar(width), "encoding": {"x": place, "color": legend(names, (NEW, ENDED), width)}}
    ]
    sides: tuple[dict[str, Any], ...] = ({}, {"align": "right", "dx": -6})
    for name, to in zip(names, sides, strict=True):
        only = {"transform": [{"filter": {"field": "part", "equal": name}}]}
        layers.append(only | number(width, place, **to))
    return sheet(width, values, layers)


def shares(values: Values, names: Sequence[str], width: int) -> Spec:
    """The parts of each line end to end, of the same length for every line; the number in each that has room for it."""
    x = {"field": "number", "type": "quantitative", "stack": "normalize", "axis": None}
    order = {"field": "order", "type": "quantitative"}
    least = 0.14 if narrow(width) else 0.08
    middle = {
        "x": x | {"bandPosition": 0.5},
        "order": order,
        "text": {"field": "said"},
        "color": as_given("on"),
    }
    layers: list[Any] = [
        {"mark": bar(width, stroke="#fff", strokeWidth=1),
         "encoding": {"x": x, "order": order, "color": legend(names, tints(len(names)), width)}},
        {"mark": {"type": "text", "fontWeight": "bold", **low(width)}, "encoding": middle},
        {"transform": [{"filter": "datum.instead"}], "mark": {"type": "text", "align": "left", "dx": 4, **low(width)},
         "encoding": {"x": {"value": 0}, "text": {"field": "instead"}}},
    ]  # fmt: skip
    shown = [each | {"said": each["said"] if each["share"] >= least else ""} for each in values]
    return sheet(width, shown, layers, resolve={"scale": {"color": "independent"}})


def tints(number: int) -> list[str]:
    """So many tints, as far from each other as they can be."""
    return [TINTS[round(place * 4 / max(number - 1, 1))] for place in range(number)]


def moves(values: Values, names: Sequence[str], width: int) -> Spec:
    """From whom on the left to whom above: the darker, the more."""
    most = max((each["number"] or 0 for each in values), default=0) or 1
    axis = {"labelAngle": -45 if narrow(width) else 0, "orient": "top", "labelPadding": 4}
    place = {"type": "nominal", "sort": list(names)}
    shade = {
        "field": "number",
        "type": "quantitative",
        "legend": None,
        "scale": {"domain": [0, most], "range": ["#e3ebf3", TINTS[1]]},
    }
    return {
        "width": width, "height": {"step": 30}, "autosize": {"type": "fit-x", "contains": "padding"}, "padding": 2,
        "data": {"values": list(values)},
        "encoding": {"x": place | {"field": "to", "axis": axis}, "y": place | {"field": "from", "axis": {"minExtent": room(names) + 8}}},
        "layer": [
            {"transform": [{"filter": "datum.number > 0"}],
             "mark": {"type": "rect", "stroke": "#fff", "strokeWidth": 2}, "encoding": {"color": shade}},
            {"mark": {"type": "text", "fontSize": 10 if narrow(width) else 13},
             "encoding": {"text": {"field": "said"}, "color": as_given("on")}},
        ],
        "resolve": {"scale": {"color": "independent"}},
    }  # fmt: skip
