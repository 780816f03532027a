"""Messy spellings to the category they mean, by the maps in ``maps/``; what no map knows is nobody's guess."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

MAPS = Path(__file__).parent / "maps"
PREFIX = re.compile(r"^\s*\(?[a-z]\)\s*", re.IGNORECASE)
NOT_MAPPED = re.compile(r"^code (\w+) is not mapped$")
WHERE: dict[str, Literal["in", "begins", "whole"]] = {"=": "whole", "^": "begins"}
LONGEST = 300
#: Words about the kind of council, not its name.
COUNCIL = frozenset(
    "council city borough district county mbc mdc cc ua b c la royal metropolitan the of boro london local authority"
    " children service".split()
)
SEXES = {"a) Male": "M", "b) Female": "F"}


class Phrase(NamedTuple):
    """One line of a map: every one of ``parts`` is in the value, or the value begins with it, or is just that."""

    category: str
    parts: tuple[str, ...]
    where: Literal["in", "begins", "whole"]


class ValueMap(NamedTuple):
    """A map read once: whole values, then phrases in their order, and every word it knows."""

    wholes: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    words: frozenset[str]
    categories: tuple[str, ...]


def canonical(field: str, text: str, learnt: Mapping[str, str] | None = None) -> str | None:
    """The category a value means in a column of that name; None where neither the shipped maps nor ``learnt`` know.

    ``learnt`` maps values as :func:`plain` writes them to what somebody said they mean, and comes first.
    """
    value = plain(text)
    if learnt and value in learnt:
        return learnt[value] or None
    name = map_of(field)
    return _resolved(name, value) if name and value else None


def plain(text: str) -> str:
    """A value as maps compare it: lower case words without signs or the plural's last letter."""
    said = text[:LONGEST].replace("&", " and ").replace("'", "").replace("\u2019", "")
    letters = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode().lower()
    return " ".join(_singular(word) for word in re.findall(r"[a-z0-9]+", letters))


@cache
def map_of(field: str) -> str:
    """Which map answers for a column of this name; empty where none does."""
    return _fields().get(plain(field.replace("_", " ")), "")


def categories(field: str) -> tuple[str, ...]:
    """Every category a column of this name can mean, in their order."""
    name = map_of(field)
    return _map(name).categories if name else ()


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def _resolved(name: str, value: str) -> str | None:
    found = _map(name)
    for said in _forms(name, value):
        category = _found(found, said)
        if category is not None:
            return category or None
    return None


def _forms(name: str, value: str) -> Iterator[str]:
    """The value, then with its misspelt words set right; an authority also without the words of its kind."""
    if name == "authority":
        yield value
        yield " ".join(word for word in value.split() if word not in COUNCIL)
        return
    known = _map(name).words
    value = NOT_MAPPED.sub(r"\1", value)
    yield " ".join(word if word in known else _spelt(word, known) for word in value.split())


def _spelt(word: str, known: frozenset[str]) -> str:
    """The one known word a long word is a letter away from; a word near two stays as it is."""
    if len(word) < 7 or not word.isalpha():
        return word
    near = process.extract(word, known, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=2)
    return near[0][0] if len(near) == 1 and len(near[0][0]) >= 6 else word


def _found(found: ValueMap, value: str) -> str | None:
    if value in found.wholes:
        return found.wholes[value]
    padded = f" {value} "
    for phrase in found.phrases:
        if phrase.where == "begins":
            if value.startswith(phrase.parts[0]):
                return phrase.category
        elif all(f" {part} " in padded for part in phrase.parts):
            return phrase.category
    return None


@cache
def _map(name: str) -> ValueMap:
    lines = [*_names(name), *_lines(name)]
    listed = tuple(sorted({line.category for line in lines if line.category}))
    wholes = {plain(PREFIX.sub("", category)): category for category in listed}
    wholes.update({line.parts[0]: line.category for line in lines if line.where == "whole"})
    wholes.update({plain(category): category for category in listed})
    phrases = tuple(line for line in lines if line.where != "whole")
    texts = [*wholes, *(part for phrase in phrases for part in phrase.parts)]
    return ValueMap(wholes, phrases, frozenset(" ".join(texts).split()), listed)


def _lines(name: str) -> Iterator[Phrase]:
    for row in _rows(name):
        where = WHERE.get(row["phrase"][0], "in")
        yield Phrase(row["category"], tuple(row["phrase"].lstrip("=^").split("+")), where)


def _names(name: str) -> Iterator[Phrase]:
    """Local authorities by name and by both their codes."""
    for row in _rows("authorities") if name == "authority" else ():
        short = " ".join(word for word in plain(row["category"]).split() if word not in COUNCIL)
        for said in {short, row["code"], row["gss"].lower()} - {""}:
            yield Phrase(row["category"], (said,), "whole")


@cache
def _fields() -> Mapping[str, str]:
    return {plain(row["field"]): row["map"] for row in _rows("fields")}


def _rows(name: str) -> list[dict[str, str]]:
    with (MAPS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
