"""Whether each cell of a scheme can be kept: words, whole numbers, values, none longer or larger than the service holds. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

CODE = re.compile(r"[-a-zA-Z0-9_]+")
NO_WORDS = re.compile("[\0\ud800-\udfff]")
LARGEST = 999_999


class Shape(NamedTuple):
    """Whether a cell is right, and what it must be."""

    fits: Callable[[Any], bool]
    must: str


def words(longest: int) -> Shape:
    """Words of at most so many characters, and nothing the database cannot hold."""
    return Shape(
        lambda cell: isinstance(cell, str) and len(cell) <= longest and not NO_WORDS.search(cell),
        f"words of at most {longest} characters",
    )


def code(longest: int) -> Shape:
    """What can stand in an address."""
    return Shape(
        lambda cell: isinstance(cell, str) and len(cell) <= longest and bool(CODE.fullmatch(cell)),
        f"at most {longest} letters, digits, hyphens and underscores",
    )


def whole(least: int, most: int) -> Shape:
    """A whole number."""
    return Shape(
        lambda cell: isinstance(cell, int) and not isinstance(cell, bool) and least <= cell <= most,
        f"a whole number from {least} to {most:,}",
    )


VALUE = Shape(
    lambda cell: isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) <= LARGEST,
    f"a number up to {LARGEST:,}",
)
CATEGORIES = Shape(
    lambda cell: isinstance(cell, list) and all(words(40).fits(each) for each in cell),
    "a list of words of at most 40 characters each",
)
TITLE = words(120)
BAND = {
    "code": code(20), "label": words(40), "colour": words(20), "shape": words(20), "rank": whole(0, 1000),
    "from_points": whole(-LARGEST, 10_000), "definition": words(5000), "respond_within_hours": whole(0, 2000),
}  # fmt: skip
RULE = {
    "code": code(40), "sentence": words(200), "kind": words(40), "subject": words(40), "categories": CATEGORIES, "below": VALUE,
    "at_least": VALUE, "window_days": whole(0, 3650), "points": whole(-LARGEST, LARGEST), "floor": words(20), "policy": words(200),
}  # fmt: skip


Rows = Sequence[Mapping[str, Any]]


def misshapen(bands: Rows, rules: Rows) -> list[str]:
    """A sentence for each cell that cannot be kept, with its line and its field; what is empty is another rule's."""
    return [*_wrong(bands, "band", BAND), *_wrong(rules, "rule", RULE)]


def _wrong(rows: Rows, what: str, shapes: Mapping[str, Shape]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        for field, shape in shapes.items():
            if row.get(field) is not None and not shape.fits(row[field]):
                yield f"The {what} in line {number}: {field.replace('_', ' ')} must be {shape.must}."
