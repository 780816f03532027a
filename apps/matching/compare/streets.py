"""Addresses compared by their words, where no postcode says where: slips, words run together, lines left out or in another order."""

from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

Near = Literal["", "near", "street", "number"]

#: An address of fewer words (without its figures) is found in many towns.
FEWEST = 3
#: How far two addresses agree, of a hundred: as a whole, as a whole whatever the street, and in the words that name the street.
ALIKE, NEARLY, STREET = 75, 85, 85
#: And as a whole where the house's number and another country's postcode are the same.
OF_ONE_CODE = 45


@lru_cache(maxsize=262144)
def nearness(one: str, other: str) -> Near:
    """Whether two households are one with slips ("near"), or of one street, the number not said ("street") or another ("number")."""
    mine, theirs = _words(one), _words(other)
    if min(len(mine), len(theirs)) < FEWEST:
        return ""
    whole, street = _whole(mine, theirs), _street(mine, theirs) >= STREET
    numbers = _number(one), _number(other)
    same_house, same_code = numbers[0] == numbers[1] != "", _code(one) == _code(other) != ""
    if whole >= ALIKE and same_house and (street or whole >= NEARLY):
        return "near"
    if street and whole >= (ALIKE if same_code else NEARLY):
        return "number" if _another(*numbers) else "street"
    return "street" if same_house and same_code and whole >= OF_ONE_CODE else ""


def _words(household: str) -> list[str]:
    return [word for word in household.split() if not word.isdigit()]


def _number(household: str) -> str:
    """The first figure, which is the house's number where it is not the postcode."""
    return next((word for word in household.split() if word[0].isdigit() and word != _code(household)), "")


def _another(one: str, other: str) -> bool:
    """Whether two houses' numbers are two, and not one with its figures changed round."""
    return bool(one and other) and sorted(one) != sorted(other)


def _code(household: str) -> str:
    """The postcode of another country, which its address ends with."""
    last = household.rpartition(" ")[2]
    return last if last.isdigit() and len(last) > 3 else ""


def _whole(mine: list[str], theirs: list[str]) -> float:
    """How far all words agree, blanks aside or in whatever order."""
    run_together = fuzz.ratio("".join(mine), "".join(theirs))
    return max(run_together, fuzz.token_sort_ratio(" ".join(mine), " ".join(theirs)))


def _street(mine: list[str], theirs: list[str]) -> float:
    """How far the words that come first are found in the other address: those of one town and county agree in all but them."""
    return min(_found(mine, theirs), _found(theirs, mine))


def _found(mine: list[str], theirs: list[str]) -> float:
    first, whole = "".join(mine[:2]), "".join(theirs)
    return fuzz.partial_ratio(first, whole) if len(first) <= len(whole) else 0.0
