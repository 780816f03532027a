"""Addresses compared: one household however written, and what is no address at all."""

import re
from collections.abc import Collection
from functools import lru_cache

from apps.core.values import address_key, postcode

#: What people type for "none", beside the national pseudo-postcodes, which all begin with ZZ99.
NO_POSTCODE = frozenset({"AA11AA", "A11AA", "ZZ11ZZ", "XX11XX"})
NO_ADDRESS = frozenset({
    "address withheld", "nfa", "no fixed abode", "no fixed address", "not known", "unknown", "none", "homeless", "tbc", "n a", "na", "not given", "address unknown",
    "withheld", "confidential", "restricted", "refuge", "no address", "x", "xx", "xxx",
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
    """How (address key, postcode key) pairs compare: exact, postcode, differs or missing, and the keys they agree by."""
    homes, doors, codes = _told(one)
    their_homes, their_doors, their_codes = _told(other)
    near = codes & their_codes
    if same := homes & their_homes:
        return "exact", frozenset(same | near)
    if near:
        return ("exact" if doors & their_doors else "postcode"), frozenset(near)
    told = bool(homes or codes) and bool(their_homes or their_codes)
    return ("differs" if told else "missing"), frozenset()


def _told(pairs: Collection[tuple[str, str]]) -> tuple[set[str], set[str], set[str]]:
    homes = {found for key, _code in pairs if (found := household(key)) and len(found.split()) > 1}
    doors = {found for key, _code in pairs if (found := door(key))}
    return homes, doors, {found for _key, code in pairs if (found := postcode_of(code))}


def keys(address: str, code: str) -> tuple[str, str]:
    """The pair of keys of an address as somebody typed it."""
    return address_key(address), postcode(code).replace(" ", "")
