"""A rating scheme as its pages show it: rules read back, a what-if as a matrix, and the notice the public is given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from apps.children import ethnicities
from apps.core import words
from apps.core.presenters import NOT_RATED
from apps.core.presenters import Band as Mark
from apps.involvements.catalogue import SERVICES
from apps.pipeline.schemes.queries import Sheet
from apps.ragp.drafting import condition, consequence
from apps.ragp.models import Band, Scheme, WhatIf
from apps.reports.rules import withheld

#: Below this many children a figure is not shown to those who may see none of them.
FEW = 5
NOUNS = {
    "Service": {service.code: service.name for service in SERVICES.values()},
    "Age": {f"{year:02}": str(year) for year in range(27)},
    "Ethnicity": ethnicities.NAMES,
    "Sex": {"F": "Female", "M": "Male", "I": "Indeterminate", "U": "Not known"},
}
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
    """A number of children; ``few`` where it is too small to be told, ``kept`` where such a one could be worked out by it."""

    number: int
    few: bool = False
    same: bool = False
    kept: bool = False


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


def tried(sheet: Sheet, named: bool) -> dict[str, Any]:
    """What a scheme would do to everybody, or that it is being worked out; ``named`` says the reader may see the children."""
    asked = sheet.asked
    if asked is None or asked.done_at is None:
        return {"waiting": asked is not None}
    weeks = [(date.fromisoformat(on), *(figure(n, named) for n in numbers)) for on, *numbers in asked.weeks]
    return {
        "asked": asked,
        "matrix": matrix(asked, sheet.bands, sheet.live_bands, named),
        "groups": groups(asked, named, NOUNS),
        "weeks": weeks,
    }


def matrix(asked: WhatIf, ours: Iterable[Band], theirs: Iterable[Band], named: bool) -> dict[str, Any]:
    """From the bands that stand (rows) to those of the scheme (columns); ``named`` says the reader may see the children."""
    was, now = list(theirs), list(ours)
    cells = {f"{f.code}/{t.code}": asked.matrix.get(f.code, {}).get(t.code, 0) for f, t in product(was, now)}
    moving = [f"{f.code}/{t.code}" for f, t in product(was, now) if f.code != t.code]
    # told beside it: how many there are, and how many would move
    kept = frozenset() if named else withheld(cells, [list(cells), moving])
    rows = [
        (f, [figure(cells[key := f"{f.code}/{t.code}"], named, f.code == t.code, key in kept) for t in now])
        for f in was
    ]
    moved = sum(n for f, row in asked.matrix.items() for t, n in row.items() if f != t)
    return {
        "columns": "|".join(["Now", *(f"{band.label}:r" for band in now)]),
        "rows": rows,
        "moved": figure(moved, named),
    }


def figure(number: int, named: bool, same: bool = False, kept: bool = False) -> Figure:
    """A figure, or that it is too small to be told, or that it would tell one that is."""
    few = not named and 0 < number < FEW
    return Figure(number, few=few, same=same, kept=kept and not few)


def groups(
    asked: WhatIf, named: bool, nouns: dict[str, dict[str, str]]
) -> list[tuple[str, list[tuple[str, list[Figure]]]]]:
    """(kind, its lines): a value of the kind, and how many children, up and down; codes of one meaning are one value."""
    found: dict[str, dict[str, list[int]]] = {}
    for kind, value, *numbers in asked.groups:
        told = nouns.get(kind, {}).get(value, value) or "Not known"
        mine = found.setdefault(kind, {})
        mine[told] = [a + b for a, b in zip(mine.get(told, [0] * len(numbers)), numbers, strict=True)]
    return [(kind, _lines(values, named, parts=kind != "Service")) for kind, values in found.items()]


def _lines(values: dict[str, list[int]], named: bool, *, parts: bool) -> list[tuple[str, list[Figure]]]:
    """The lines of one kind; where they are parts of everybody, no small one is what the others leave of the whole."""
    cells = {
        f"{told}\t{place}": number for told, numbers in values.items() for place, number in enumerate(numbers)
    }
    columns = [[key for key in cells if key.endswith(f"\t{place}")] for place in range(3)] if parts else []
    kept = frozenset() if named else withheld(cells, columns)
    return [
        (told, [figure(n, named, kept=f"{told}\t{place}" in kept) for place, n in enumerate(numbers)])
        for told, numbers in values.items()
    ]
