"""All that is said of a child or of a record that arrived, and how two such accounts compare."""

from collections.abc import Callable, Collection, Iterable, Set
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from apps.matching.compare import births, names, numbers, places

SURNAME_BEST = ("exact", "part", "former", "typo", "order", "near", "crossed", "differs", "missing")
FORENAME_BEST = (
    "exact", "known_as", "first", "spelling", "nickname", "initial", "near", "middle", "order", "former", "crossed", "similar",
    "conflict", "missing",
)  # fmt: skip
BIRTH_BEST = ("exact", "assumed", "swap", "day", "slip", "part", "expected", "conflict", "missing")


#: Most of what an account may hold, nobody has said: there are many accounts, and one nothing is enough for all of them.
NOTHING: frozenset[Any] = frozenset()


@dataclass(slots=True)
class Account:
    """What is known of one child: of all its records, or of one record that arrived. Keys, never words as typed."""

    surnames: Set[str] = NOTHING
    former_surnames: Set[str] = NOTHING
    once_called: Set[str] = NOTHING  # the former surnames that a record names today
    forenames: Set[str] = NOTHING
    former_forenames: Set[str] = NOTHING
    known_as: Set[str] = NOTHING
    middles: Set[str] = NOTHING
    born: Set[date] = NOTHING
    due: Set[date] = NOTHING
    sexes: Set[str] = NOTHING
    nhs: Set[str] = NOTHING
    former_nhs: Set[str] = NOTHING
    upns: Set[str] = NOTHING
    former_upns: Set[str] = NOTHING
    homes: Set[tuple[str, str]] = NOTHING
    mothers: Set[str] = NOTHING
    schemes: Set[str] = NOTHING

    def add(self, name: str, word: Any) -> None:
        """Add a word to what is said of one field; nothing adds nothing."""
        if word:
            said = getattr(self, name)
            if said:
                said.add(word)
            else:
                setattr(self, name, {word})


@dataclass(frozen=True, slots=True)
class Levels:
    """How far two accounts agree, field by field."""

    nhs: str = "missing"
    upn: str = "missing"
    surname: str = "missing"
    forename: str = "missing"
    middle: str = "missing"
    dob: str = "missing"
    sex: str = "missing"
    address: str = "missing"
    mother: str = "missing"
    agreed_at: frozenset[str] = frozenset()
    same_system: bool = False
    lone_middle: bool = False  # only one of the two says a middle name
    lone_former: bool = False  # one of the two names a former surname of which the other knows nothing


FIELDS = ("nhs", "upn", "surname", "forename", "middle", "dob", "sex", "address", "mother")


def compare(one: Account, other: Account) -> Levels:
    """How two accounts compare; any of their records may agree."""
    address, agreed_at = places.addresses(one.homes, other.homes)
    surname, forename = _surname(one, other), forename_level(one, other)
    if surname in ("near", "differs") and _changed_round(one, other):
        surname = forename = "order"
    elif surname == "differs" and forename in ("similar", "conflict") and _crossed(one, other):
        surname = forename = "crossed"
    return Levels(
        nhs=numbers.numbers(one.nhs, one.former_nhs, other.nhs, other.former_nhs),
        upn=numbers.numbers(_upns(one.upns), one.former_upns, _upns(other.upns), other.former_upns),
        surname=surname,
        forename=forename,
        middle=_middle(one, other),
        dob=_dob(one, other),
        sex=_either(one.sexes - {"U"}, other.sexes - {"U"}),
        address=address,
        mother=_mother(one, other),
        agreed_at=agreed_at,
        same_system=bool(one.schemes & other.schemes),
        lone_middle=bool(_further(one)) != bool(_further(other)),
        lone_former=_unheard_of(one, other) or _unheard_of(other, one),
    )


def _nearest(
    compared: Callable[[str, str], str], ones: Set[str], others: Set[str], order: Collection[str]
) -> str:
    """The best level of any two words; most accounts say one only, and there are many to compare."""
    if len(ones) == len(others) == 1:
        return compared(*ones, *others)
    return _best((compared(a, b) for a, b in product(ones, others)), order)


def _best(levels: Iterable[str], order: Collection[str]) -> str:
    found = set(levels)
    return next((level for level in order if level in found), "missing")


def _surname(one: Account, other: Account) -> str:
    level = _nearest(names.surnames, one.surnames, other.surnames, SURNAME_BEST)
    if level in ("exact", "part"):
        return level
    mine, theirs = one.surnames | one.former_surnames, other.surnames | other.former_surnames
    former = (mine & other.former_surnames) | (theirs & one.former_surnames)
    return "former" if any(names.is_name(name) for name in former) else level


def _unheard_of(one: Account, other: Account) -> bool:
    """Whether one names a former surname, and none that the other has ever borne: two families may have become one."""
    known = other.surnames | other.former_surnames
    told = (names.surnames(a, b) for a, b in product(one.once_called, known))
    return bool(one.once_called and known) and not any(
        level in ("exact", "part", "typo", "near") for level in told
    )


def forename_level(one: Account, other: Account) -> str:
    """How the forenames of two accounts compare, other names that a child goes by among them."""
    level = _nearest(names.forenames, one.forenames, other.forenames, FORENAME_BEST)
    if level == "exact" or level == "missing" and not (one.forenames and other.forenames):
        return level
    if _goes_by(one, other) or _goes_by(other, one):
        return "known_as"
    if level in ("similar", "conflict"):
        if any(names.middle_agrees(name, other.middles | other.forenames) for name in one.forenames) or any(
            names.middle_agrees(name, one.middles | one.forenames) for name in other.forenames
        ):
            return "middle"
        earlier = (one.forenames & other.former_forenames) | (other.forenames & one.former_forenames)
        return "former" if earlier else level
    return level


def _goes_by(one: Account, other: Account) -> bool:
    """Whether the name one goes by is what the other is called."""
    if not one.known_as:
        return False
    called = other.forenames | other.known_as
    return any(names.is_name(name) and name in called for name in one.known_as)


def _changed_round(one: Account, other: Account) -> bool:
    return any(names.is_name(name) for name in one.surnames & other.forenames) and any(
        names.is_name(name) for name in one.forenames & other.surnames
    )


def _crossed(one: Account, other: Account) -> bool:
    """Whether the names are changed round and written with a slip."""
    return _nearly_one_of(one.surnames, other.forenames) and _nearly_one_of(one.forenames, other.surnames)


def _nearly_one_of(these: Iterable[str], those: Iterable[str]) -> bool:
    return any(names.surnames(a, b) in ("exact", "part", "typo", "near") for a, b in product(these, those))


def _middle(one: Account, other: Account) -> str:
    """Middle names, and what stands after the first of several given names."""
    return names.middles(_further(one), _further(other))


def _further(account: Account) -> set[str]:
    rest = {" ".join(name.split()[1:]) for name in account.forenames if " " in name}
    return {name for name in account.middles | rest if name} if rest or account.middles else rest


def _dob(one: Account, other: Account) -> str:
    levels = [births.births(a, b) for a, b in product(one.born, other.born)]
    if "exact" in levels and all(births.is_assumed(day) for day in one.born & other.born):
        return "assumed"
    for due, born in (
        ((one.due, other.born | other.due), (other.due, one.born)) if one.due or other.due else ()
    ):
        levels += ["expected" if births.expected(a, b) else "conflict" for a, b in product(due, born)]
    return _best(levels, BIRTH_BEST)


def _mother(one: Account, other: Account) -> str:
    if not one.mothers or not other.mothers:
        return "missing"
    words = [(set(a.split()), set(b.split())) for a, b in product(one.mothers, other.mothers)]
    return "agree" if any(len(a & b) >= min(2, len(a), len(b)) for a, b in words) else "differs"


def _either(one: Collection[str], other: Collection[str]) -> str:
    if not one or not other:
        return "missing"
    return "agree" if set(one) & set(other) else "differs"


def _upns(upns: Collection[str]) -> set[str]:
    return {upn for upn in upns if numbers.is_upn(upn)}
