"""A scheme as data: what is wrong with it, what it says in plain English, and the one file it travels in. Pure."""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from apps.core.words import count
from apps.involvements.catalogue import MEASURES, SERVICES
from apps.ragp.rules import NOT_RATED
from apps.ragp.shapes import misshapen

BAND = ("code", "label", "colour", "shape", "rank", "from_points", "respond_within_hours", "definition")
RULE = (
    "code", "sentence", "kind", "subject", "categories", "below", "at_least", "window_days", "points", "floor", "policy",
)  # fmt: skip
#: Colours and shapes that the pages can draw; a band is never told by its colour alone.
COLOURS = ("purple", "red", "amber", "green", "none")
SHAPES = ("diamond", "octagon", "triangle", "circle", "dashed square")
KINDS = ("open", "measure", "count", "unseen")
MOST_POINTS = 100
Data = Mapping[str, Any]


def problems(scheme: Data) -> list[str]:
    """A sentence for each thing that is wrong with a scheme; none where it could go live."""
    bands, rules = scheme.get("bands") or [], scheme.get("rules") or []
    found = [
        *_missing(bands, "band", (*BAND[:6], "respond_within_hours")),
        *_missing(rules, "rule", ("code", "sentence", "kind", "subject", "points")),
        *misshapen(bands, rules),
    ]
    codes = {band["code"] for band in bands if band["from_points"] is not None} if not found else set()
    return found or [*_bands(bands), *_rules(rules, codes | {NOT_RATED}), *_unrated(scheme, codes)]


def _unrated(scheme: Data, bands: set[str]) -> list[str]:
    """What is wrong with when a rating is not given for want of a fresh source; both of its parts or neither."""
    days, up_to = scheme.get("unrated_after_days"), scheme.get("unrated_up_to") or ""
    if days is None and not up_to:
        return []
    found = []
    if not isinstance(days, int) or not 7 <= days <= 366:
        found.append("Not rated for want of a fresh source: the days are from 7 to 366.")
    if up_to not in bands:
        found.append(
            "Not rated for want of a fresh source: say up to which band, because a higher one stands."
        )
    return found


def _missing(rows: Iterable[Data], what: str, needed: Iterable[str]) -> list[str]:
    """Lines that lack what every line needs; ``from_points`` may be empty, but must be there."""
    return [
        f"The {what} in line {number} has no {field.replace('_', ' ')}."
        for number, row in enumerate(rows, 1)
        for field in needed
        if field not in row or (row[field] in ("", None) and field != "from_points")
    ]


def _bands(bands: list[Data]) -> list[str]:
    found = []
    unrated = [band for band in bands if band["from_points"] is None]
    if len(unrated) != 1:
        found.append("A scheme needs exactly one band without points: children not rated.")
    elif unrated[0]["code"] != NOT_RATED:
        found.append(f"The band for children not rated must have the code {NOT_RATED}.")
    if len(bands) < 2:
        found.append("A scheme needs at least one band beside the one for children not rated.")
    found += _twice(bands, "band", "code") + _twice(bands, "band", "rank")
    ordered = sorted(
        (band for band in bands if band["from_points"] is not None), key=lambda band: band["rank"]
    )
    for lower, upper in itertools.pairwise(ordered):
        if upper["from_points"] <= lower["from_points"]:
            found.append(f"{upper['label']} stands above {lower['label']} and must need more points than it.")
    if unrated and ordered and unrated[0]["rank"] > ordered[0]["rank"]:
        found.append("The band for children not rated must stand lowest.")
    for band in ordered:
        if band["from_points"] < 1:
            found.append(f"{band['label']} must need at least 1 point: nothing known is not a rating.")
    for band in bands:
        if band["colour"] not in COLOURS or band["shape"] not in SHAPES:
            found.append(f"{band['label']} has a colour or shape that the pages cannot draw.")
    return found


def _rules(rules: list[Data], bands: set[str]) -> list[str]:
    found = _twice(rules, "rule", "code")
    if not rules:
        found.append("A scheme needs at least one rule.")
    for rule in rules:
        found += [f"Rule “{rule['sentence']}”: {said}" for said in _rule(rule, bands)]
    return found


def _rule(rule: Data, bands: set[str]) -> list[str]:
    found = []
    kind, subject = rule["kind"], rule["subject"]
    if kind not in KINDS:
        found.append(f"{kind} is not a kind of rule; the kinds are {', '.join(KINDS)}.")
    if subject not in SERVICES and subject not in MEASURES:
        found.append(f"{subject} is neither a service nor a measure.")
    elif kind in ("open", "unseen") and subject not in SERVICES:
        found.append("only a service can be involved; this is a measure.")
    elif kind == "measure" and subject not in MEASURES:
        found.append("only a measure has a newest value; this is a service.")
    below, least = rule.get("below"), rule.get("at_least")
    if kind == "measure" and below is None and least is None and not rule.get("categories"):
        found.append("a measure needs a value it must be below, or at least, or categories.")
    if below is not None and least is not None and kind == "measure" and least >= below:
        found.append(f"no value is at least {least:g} and below {below:g}.")
    if kind != "measure" and below is not None:
        found.append("only a measure can be below a value.")
    if kind == "count" and not rule.get("window_days"):
        found.append("a count needs the number of days it looks back.")
    if kind == "unseen" and not rule.get("window_days"):
        found.append("it needs the number of days that nobody has seen the child.")
    if not 0 <= rule["points"] <= MOST_POINTS:
        found.append(f"points are from 0 to {MOST_POINTS}.")
    if not rule["points"] and not rule.get("floor"):
        found.append("without points and without a floor it does nothing.")
    if rule.get("floor") and rule["floor"] not in bands:
        found.append(f"its floor {rule['floor']} is not a band.")
    return found


def _twice(rows: Iterable[Data], what: str, field: str) -> list[str]:
    seen: set[Any] = set()
    twice = [row[field] for row in rows if row[field] in seen or seen.add(row[field])]  # type: ignore[func-returns-value]
    return [f"Two {what}s have the {field} {value}." for value in twice]


def ranked(bands: Iterable[Data]) -> list[dict[str, Any]]:
    """Bands in the order of their points, lowest first: what is not rated stands below all."""
    order = sorted(bands, key=lambda band: -1 if band["from_points"] is None else band["from_points"])
    return [dict(band) | {"rank": rank} for rank, band in enumerate(order)]


def with_part(scheme: Data, kind: str, code: str, part: Data | None) -> dict[str, Any]:
    """A scheme whose rule or band of this code (``kind`` is "rules" or "bands") is ``part``, or is gone; bands in order again."""
    others = [each for each in scheme[kind] if each["code"] != code]
    parts = others if part is None else [*others, dict(part)]
    return dict(scheme) | {kind: ranked(parts) if kind == "bands" else parts}


def condition(rule: Data) -> str:
    """When a rule holds, in plain English: "The newest attendance is below 50, not older than 60 days"."""
    subject = name_of(rule["subject"])
    of = f" ({' or '.join(rule['categories'])})" if rule.get("categories") else ""
    window = rule.get("window_days")
    if rule["kind"] == "open":
        since = f", begun in the last {count(window, 'day')}" if window else ""
        return f"{subject}{of} is involved today{since}"
    if rule["kind"] == "unseen":
        return (
            f"{subject}{of} is involved today, and nobody has seen the child for {count(window or 0, 'day')}"
        )
    if rule["kind"] == "count":
        return f"{subject}{of} on {count(int(rule.get('at_least') or 1), 'day')} or more of the last {count(window or 0, 'day')}"
    bounds = []
    if rule.get("at_least") is not None:
        bounds.append(f"at least {float(rule['at_least']):g}")
    if rule.get("below") is not None:
        bounds.append(f"below {float(rule['below']):g}")
    value = f" is {' and '.join(bounds)}" if bounds else " is on record"
    age = f", not older than {count(window, 'day')}" if window else ""
    return f"The newest {subject[:1].lower() + subject[1:]}{of}{value}{age}"


def consequence(rule: Data, labels: Mapping[str, str]) -> str:
    """What a rule does: "adds 8 points, and never less than Amber"."""
    adds = f"adds {count(rule['points'], 'point')}" if rule["points"] else "adds nothing"
    floor = labels.get(rule.get("floor") or "", "")
    return f"{adds}, and never less than {floor}" if floor else adds


def want_of_sources(scheme: Data, labels: Mapping[str, str]) -> str:
    """When a rating is not given: "Up to Green, a child is not rated once every source behind the rating is 42 days old"."""
    days, up_to = scheme.get("unrated_after_days"), scheme.get("unrated_up_to") or ""
    if not days:
        return ""
    return (
        f"Up to {labels.get(up_to, up_to)}, a child is not rated once every source behind the rating is"
        f" {count(days, 'day')} old; a higher rating stands, and says how old its sources are"
    )


def name_of(subject: str) -> str:
    """What people call a service or a measure."""
    known = SERVICES.get(subject) or MEASURES.get(subject)
    return known.name if known else subject


def read_back(scheme: Data) -> list[str]:
    """The whole scheme in sentences, most points first: what an author checks and a parent could be given."""
    labels = {band["code"]: band["label"] for band in scheme["bands"]}
    rules = sorted(scheme["rules"], key=lambda rule: (-rule["points"], rule["sentence"]))
    bands = sorted(scheme["bands"], key=lambda band: -band["rank"])
    stale = [f"{want_of_sources(scheme, labels)}."] if scheme.get("unrated_after_days") else []
    return (
        [f"{condition(rule)}: {consequence(rule, labels)}." for rule in rules]
        + stale
        + [
            f"{band['label']}: {count(band['from_points'], 'point')} or more."
            if band["from_points"] is not None
            else f"{band['label']}: nothing that counts is known."
            for band in bands
        ]
    )
