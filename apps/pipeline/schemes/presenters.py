"""A rating scheme as its pages show it: rules read back, a what-if as a matrix, and the notice the public is given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.core import words
from apps.core.presenters import NOT_RATED
from apps.core.presenters import Band as Mark
from apps.ragp.drafting import condition, consequence
from apps.ragp.models import Band, Scheme, WhatIf

#: Below this many children a figure is not shown to those who may see none of them.
FEW = 5
TOLD = {Scheme.State.DRAFT: "Draft", Scheme.State.DROPPED: "Dropped"}


@dataclass(frozen=True)
class Line:
    """A rule read back."""

    code: str
    sentence: str
    when: str
    does: str
    policy: str


@dataclass(frozen=True)
class Figure:
    """A number of children; ``few`` where it is too small to be told."""

    number: int
    few: bool = False
    same: bool = False


def mark(band: Band) -> Mark:
    """A band as pages draw it."""
    return Mark(band.label, band.colour, band.code)


def marks(bands: Iterable[Band]) -> dict[str, Mark]:
    """Bands as pages draw them, by code; what is none of them is not rated."""
    return defaultdict(lambda: NOT_RATED, {band.code: mark(band) for band in bands})


def state_of(scheme: Scheme, live: Scheme) -> str:
    """Draft, live, approved for a later day, replaced or dropped."""
    if scheme.state != Scheme.State.APPROVED or scheme.live_from is None:
        return TOLD[Scheme.State(scheme.state)]
    if scheme.pk == live.pk:
        return "Live"
    later = (scheme.live_from, scheme.pk) > (live.live_from, live.pk)
    return f"Approved, live from {words.day(scheme.live_from)}" if later else "Replaced"


def lines(data: dict[str, Any]) -> list[Line]:
    """Every rule in plain English, most points first."""
    labels = {band["code"]: band["label"] for band in data["bands"]}
    return [
        Line(
            rule["code"], rule["sentence"], condition(rule), consequence(rule, labels), rule.get("policy", "")
        )
        for rule in data["rules"]
    ]


def matrix(asked: WhatIf, ours: Iterable[Band], theirs: Iterable[Band], named: bool) -> dict[str, Any]:
    """From the bands that stand (rows) to those of the scheme (columns); ``named`` says the reader may see the children."""
    was, now = list(theirs), list(ours)
    rows = [
        (
            band,
            [
                figure(asked.matrix.get(band.code, {}).get(each.code, 0), named, band.code == each.code)
                for each in now
            ],
        )
        for band in was
    ]
    moved = sum(n for f, row in asked.matrix.items() for t, n in row.items() if f != t)
    return {
        "columns": "|".join(["Now", *(f"{band.label}:r" for band in now)]),
        "rows": rows,
        "moved": figure(moved, named),
    }


def figure(number: int, named: bool, same: bool = False) -> Figure:
    """A figure, or that it is too small to be told."""
    return Figure(number, few=not named and 0 < number < FEW, same=same)


def groups(
    asked: WhatIf, named: bool, nouns: dict[str, dict[str, str]]
) -> list[tuple[str, list[tuple[str, list[Figure]]]]]:
    """(kind, its lines): a value of the kind, and how many children, up and down."""
    found: dict[str, list[tuple[str, list[Figure]]]] = {}
    for kind, value, *numbers in asked.groups:
        told = nouns.get(kind, {}).get(value, value) or "Not known"
        found.setdefault(kind, []).append((told, [figure(number, named) for number in numbers]))
    return list(found.items())


def notice(scheme: Scheme, data: dict[str, Any], live: str) -> list[tuple[str, list[str]]]:
    """The fields of the algorithmic transparency recording standard that a scheme can fill by itself: (heading, paragraphs)."""
    return [
        ("Name and version", [f"{scheme.title}, version {scheme.version}. {live}."]),
        (
            "What it is for",
            [
                "It adds up what services already know of a child, so that people notice when several things come together or change."
                " It decides nothing: every change of rating is looked at by a person, who may set it aside.",
            ],
        ),
        (
            "How it works",
            [
                "Points are added, and nothing else: no learning, no prediction, no hidden weights. The same facts always give the same"
                " rating, and each rating names the facts it rests on.",
                *(
                    f"{line.when}: {line.does}." + (f" ({line.policy})" if line.policy else "")
                    for line in lines(data)
                ),
            ],
        ),
        (
            "Bands",
            [
                f"{band['label']}: {band['definition']}"
                for band in sorted(data["bands"], key=lambda band: -band["rank"])
            ],
        ),
        (
            "Data it uses",
            [
                "What agencies send under sharing agreements about the services and measures named above. No name, address, sex,"
                " ethnicity or religion adds or takes away a point.",
            ],
        ),
        (
            "Who is responsible",
            [
                "Written by one person, tried on every child before it went live, and approved by a second person"
                + (
                    f" on {words.longday(scheme.approved_at)}: {scheme.reason}"
                    if scheme.approved_at
                    else ". Not approved yet."
                )
            ],
        ),
        (
            "What it cannot see",
            [
                "It knows only what has been recorded and shared. A child that nobody has noticed has no rating, which is not the same"
                " as being safe; each rating says how old its facts are.",
            ],
        ),
    ]
