"""The linkage model that is live: read from its file, checked, never changed while the service runs."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

from apps.matching.compare.accounts import BIRTH_BEST, FIELDS, FORENAME_BEST, SURNAME_BEST

#: The version that decides; a trained candidate stands beside it until somebody changes this line.
LIVE = "2"
FOLDER = Path(__file__).resolve().parent
#: Levels a model must weigh, field by field.
LEVELS: dict[str, tuple[str, ...]] = {
    "nhs": ("exact", "former", "conflict", "missing"),
    "upn": ("exact", "former", "conflict", "missing"),
    "surname": SURNAME_BEST,
    "forename": FORENAME_BEST,
    "middle": ("agree", "initial", "conflict", "missing"),
    "dob": BIRTH_BEST,
    "sex": ("agree", "differs", "missing"),
    "address": ("exact", "near", "postcode", "street", "number", "crowd", "differs", "missing"),
    "mother": ("agree", "differs", "missing"),
}
THRESHOLDS = ("link", "assumed", "street", "ask", "margin")
CROWD = ("surnames_at_address", "surnames_at_postcode", "assumed_at_address", "most_candidates")
FREQUENT = ("surname", "forename")


@dataclass(frozen=True)
class Model:
    """Weights in bits, thresholds and how common names are."""

    version: str
    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    crowd: Mapping[str, int]
    frequencies: Mapping[str, Mapping[str, float]]

    def bits(self, field: str, level: str, key: str = "") -> float:
        """What a level of agreement weighs; agreement on a common name weighs no more than the name is rare."""
        weight = self.weights[field][level]
        often = self.frequencies.get(field, {}).get(key) if weight > 0 else None
        return round(min(weight, -log2(often)), 1) if often else weight

    def rarity(self) -> dict[str, dict[str, float]]:
        """The most that agreement on a common name can weigh, by field and name."""
        return {
            field: {key: round(-log2(often), 1) for key, often in names.items()}
            for field, names in self.frequencies.items()
        }

    def common(self, field: str, above: float = 0.0) -> list[str]:
        """The names that more than so large a part of children bear."""
        return [key for key, often in self.frequencies[field].items() if often >= above]


_tried: ContextVar[Model | None] = ContextVar("tried", default=None)


def live() -> Model:
    """The model that decides."""
    return _tried.get() or load(LIVE)


@contextmanager
def trying(model: Model) -> Iterator[None]:
    """Let another model decide within a block: an evaluation compares a candidate with the live one."""
    token = _tried.set(model)
    try:
        yield
    finally:
        _tried.reset(token)


@cache
def load(version: str) -> Model:
    """One version of the model; raise ValueError where its file is not whole."""
    return read(json.loads((FOLDER / f"model-{version}.json").read_text()))


def read(given: Mapping[str, Any]) -> Model:
    """A model from the content of its file; raise ValueError naming everything that is wrong with it."""
    if wrong := faults(given):
        raise ValueError(" ".join(wrong))
    tables = ("weights", "thresholds", "crowd", "frequencies")
    return Model(str(given["version"]), *(given[table] for table in tables))


def faults(given: Mapping[str, Any]) -> list[str]:
    """What is wrong with a model, in sentences."""
    weights, found = given.get("weights", {}), []
    for field in FIELDS:
        for level in LEVELS[field]:
            if not _is_number(weights.get(field, {}).get(level)):
                found.append(f"“{field}” has no weight for “{level}”.")
    found += [
        f"There is no threshold “{name}”."
        for name in THRESHOLDS
        if not _is_number(given.get("thresholds", {}).get(name))
    ]
    found += [
        f"There is no limit “{name}”." for name in CROWD if not _is_number(given.get("crowd", {}).get(name))
    ]
    for field in FREQUENT:
        often = given.get("frequencies", {}).get(field)
        if not isinstance(often, dict) or not all(
            _is_number(part) and 0 < part < 1 for part in often.values()
        ):
            found.append(f"The frequencies of “{field}” must be parts of one.")
    if not given.get("version"):
        found.append("A model needs a version.")
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
