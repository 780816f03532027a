"""Addresses compared: one household however written, and what is no address at all."""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import product

from apps.core.values import address_key, postcode
from apps.matching.compare.names import slip
from apps.matching.compare.streets import nearness

#: Household, door and postcode.
Place = tuple[str, str, str]

#: What people type for "none", beside the national pseudo-postcodes, which all begin with ZZ99.
NO_POSTCODE = frozenset({"AA11AA", "A11AA", "ZZ11ZZ", "XX11XX"})
NO_ADDRESS = frozenset({
    "address unknown", "address withheld", "confidential", "homeless", "n a", "na", "nfa", "no address", "no fixed abode",
    "no fixed address", "none", "not given", "not known", "refuge", "restricted", "tbc", "unknown", "withheld", "x", "xx", "xxx",
})  # fmt: skip
UNITS = frozenset({"flat", "flt", "apartment", "apt", "unit", "room", "no", "number", "the"})
SHORT = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "cl": "close", "ct": "court", "cres": "crescent",
    "dr": "drive", "gdns": "gardens", "gdn": "garden", "ln": "lane", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace",
    "hse": "house", "bldgs": "buildings", "pk": "park", "grn": "green", "gr": "grove", "grv": "grove",
}  # fmt: skip
NUMBERS = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_AT_END = re.compile(r"\s[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$")


@lru_cache(maxsize=65536)
def household(key: str) -> str:
    """The words of an address that say which household it is: without "flat", with streets written out; empty for none."""
    bare = _AT_END.sub("", f" {key}").strip()
    if bare in NO_ADDRESS or any(bare.startswith(f"{none} ") for none in ("nfa", "no fixed abode")):
        return ""
    words = [NUMBERS.get(word, SHORT.get(word, word)) for word in bare.split() if word not in UNITS]
    return " ".join(words)


@lru_cache(maxsize=65536)
def door(key: str) -> str:
    """Number and first words of a household: what stays when one agency adds the town and another does not."""
    words = household(key).split()
    for place, word in enumerate(words):
        if any(char.isdigit() for char in word):
            return " ".join(words[place : place + 3]) if len(words) > place + 1 else ""
    return ""


def postcode_of(key: str) -> str:
    """A postcode key that says where, or nothing."""
    return "" if key in NO_POSTCODE or key.startswith("ZZ99") and len(key) == 7 else key


def addresses(
    one: Collection[tuple[str, str]], other: Collection[tuple[str, str]]
) -> tuple[str, frozenset[str]]:
    """How (address key, postcode key) pairs compare, exact to differs or missing, and the keys they agree by."""
    mine, theirs = _told(one), _told(other)
    same = {a[0] for a in mine for b in theirs if a[0] and a[0] == b[0] and _one_place(a[2], b[2])}
    near = {a[2] for a in mine for b in theirs if a[2] and a[2] == b[2]}
    if same:
        return "exact", frozenset(same | near)
    if near:
        door_too = any(a[1] and a[1] == b[1] and a[2] == b[2] for a in mine for b in theirs)
        return ("exact" if door_too else "postcode"), frozenset(near)
    return _by_words(mine, theirs) or (("differs" if mine and theirs else "missing"), frozenset())


def _by_words(mine: set[Place], theirs: set[Place]) -> tuple[str, frozenset[str]] | None:
    """How addresses compare that no postcode sets apart: one house with slips, or one street."""
    found: dict[str, set[str]] = {"near": set(), "street": set(), "number": set()}
    for one, other in product(mine, theirs):
        if not (one[0] and other[0] and _one_place(one[2], other[2])):
            continue
        level = nearness(one[0], other[0])
        if level == "near" or level and not (one[2] and other[2]):
            found[level] |= {one[0], other[0]}
    return next(((level, frozenset(keys)) for level, keys in found.items() if keys), None)


def _told(pairs: Collection[tuple[str, str]]) -> set[Place]:
    """Household, door and postcode of those addresses that say where."""
    found = {_place(key, code) for key, code in pairs}
    return {each for each in found if each[0] or each[2]}


@lru_cache(maxsize=65536)
def _place(key: str, code: str) -> tuple[str, str, str]:
    return _whole(household(key)), door(key), postcode_of(code)


def _whole(home: str) -> str:
    return home if " " in home else ""


def _one_place(one: str, other: str) -> bool:
    """Whether two postcodes may be one: the same words of an address are found in many towns."""
    return not one or not other or slip(one, other, 5)


def keys(address: str, code: str) -> tuple[str, str]:
    """The pair of keys of an address as somebody typed it."""
    return address_key(address), postcode(code).replace(" ", "")
