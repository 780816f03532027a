"""What a person is asked about: two accounts that no rule links, and that may yet be one child."""

from apps.matching.compare.accounts import Levels

SAME_NAME = frozenset({"exact", "known_as", "first"})
ALIKE_NAME = frozenset({"spelling", "nickname", "initial", "near", "middle", "order", "former"})
SAME_SURNAME = frozenset({"exact", "part", "former", "typo"})
ALIKE_SURNAME = SAME_SURNAME | {"near", "order"}
SAME_BIRTH = frozenset({"exact", "swap"})
NEAR_BIRTH = frozenset({"exact", "assumed", "swap", "day", "slip", "part"})
AT_HOME = frozenset({"exact", "near", "postcode", "street"})
#: The number of the house is another: enough to ask, never enough to link.
PERHAPS_AT_HOME = AT_HOME | {"number"}
#: One house, as far as its words say, and not only one postcode.
ONE_HOUSE = PERHAPS_AT_HOME - {"postcode"}
#: Names that may be one: enough to wonder, never enough to link.
PERHAPS_NAME = SAME_NAME | ALIKE_NAME | {"crossed", "similar"}
STRONG = frozenset({"exact", "former"})
#: Questions that a file of one system puts about another of its own records only where the names are alike.
NEVER_WITHIN = frozenset({"perhaps_twins", "surname_changed", "birth_dates_differ", "names_differ"})
#: By how many bits less than elsewhere names agree that brothers do not share.
BROTHERS = 3
#: Questions about a household that stop no link to another child: brothers and sisters are meant to be there.
OF_HOUSEHOLD = frozenset({"birth_dates_differ", "names_differ"})


def asks(seen: Levels, total: float, least: float) -> str:
    """The rule by which a person is asked, or empty: what a careful clerk would want to see."""
    if rule := _asks_by_number(seen):
        return rule
    if "conflict" in (seen.nhs, seen.upn):
        alike = (
            seen.surname in SAME_SURNAME and seen.forename in SAME_NAME and seen.dob in NEAR_BIRTH - {"part"}
        )
        return "identifiers_differ" if alike and seen.address != "differs" else ""
    if seen.dob == "expected":
        return _asks_of_unborn(seen)
    if seen.dob == "missing":
        return _asks_of_undated(seen)
    if seen.dob not in NEAR_BIRTH:
        return _asks_of_another_day(seen, total, least)
    if seen.forename == "missing" or seen.surname == "missing":
        return _asks_of_unnamed(seen)
    return _asks_at_home(seen) if seen.address in PERHAPS_AT_HOME else _asks_elsewhere(seen, total, least)


def _asks_by_number(seen: Levels) -> str:
    """An identifier agrees and something stopped the link. A number the child no longer bears was somebody's slip."""
    if "exact" in (seen.nhs, seen.upn):
        if seen.forename == "missing" and seen.surname == "missing":
            return ""
        if seen.forename == "missing" and seen.dob in NEAR_BIRTH | {"expected"}:
            return "unnamed"
        if seen.dob == "missing" and seen.forename in SAME_NAME:
            return "undated"
        return "identifier_contradicted"
    if (
        "former" in (seen.nhs, seen.upn)
        and seen.dob in NEAR_BIRTH
        and seen.forename in SAME_NAME | ALIKE_NAME
    ):
        return "identifier_contradicted"
    return ""


def _asks_of_unborn(seen: Levels) -> str:
    shared = (seen.surname in ALIKE_SURNAME) + (seen.mother == "agree") + (seen.address in PERHAPS_AT_HOME)
    return "unborn" if shared >= 2 or seen.mother == "agree" and seen.surname == "missing" else ""


def _asks_of_undated(seen: Levels) -> str:
    """Nobody says when one of the two was born: the household and a forename are what is left."""
    named = seen.surname in ALIKE_SURNAME and seen.forename in SAME_NAME | ALIKE_NAME
    if named and seen.address in PERHAPS_AT_HOME:
        return "undated"
    perhaps = seen.forename in SAME_NAME or seen.forename in PERHAPS_NAME and seen.surname != "differs"
    return "undated" if perhaps and seen.address in ONE_HOUSE else ""


def _asks_of_another_day(seen: Levels, total: float, least: float) -> str:
    """The birth dates contradict each other, all else says one child, and the name is not one that brothers share."""
    named = seen.surname in SAME_SURNAME and seen.forename in SAME_NAME or seen.forename == "order"
    named |= seen.surname == "exact" and seen.forename == "near"
    named &= total >= least - BROTHERS
    alone = seen.middle != "conflict" and seen.sex != "differs" and seen.mother != "differs"
    return "birth_dates_differ" if named and alone and seen.address in ONE_HOUSE else ""


def _asks_of_unnamed(seen: Levels) -> str:
    if seen.dob == "exact" and seen.address in ONE_HOUSE:
        return "unnamed"
    if seen.forename == "missing" and seen.surname == "missing":
        return ""
    named = seen.surname in SAME_SURNAME or seen.forename in SAME_NAME
    return "unnamed" if named and (seen.address in PERHAPS_AT_HOME or seen.mother == "agree") else ""


def _asks_at_home(seen: Levels) -> str:
    """Born about the same day, in the same household."""
    same = seen.surname in ALIKE_SURNAME
    if seen.forename in SAME_NAME:
        if not same or seen.lone_former:
            return "surname_changed"
        if seen.middle == "conflict":
            return "forename_near"
        if seen.dob == "assumed":
            return "assumed_birth_date"
        if seen.address not in AT_HOME and seen.surname in SAME_SURNAME and seen.dob in SAME_BIRTH:
            return "no_address"
        return "spelling" if seen.dob in SAME_BIRTH else "birth_date_near"
    if seen.forename in PERHAPS_NAME:
        return "name_order" if seen.forename in ("order", "crossed") else "forename_near"
    if seen.dob not in SAME_BIRTH | {"assumed"} or seen.sex == "differs":
        return ""
    if same:
        return "perhaps_twins"
    return "names_differ" if seen.dob == "exact" and seen.address in ONE_HOUSE else ""


def _asks_elsewhere(seen: Levels, total: float, least: float) -> str:
    """No household in common: name and birth date alone."""
    if seen.forename not in SAME_NAME | ALIKE_NAME or seen.mother == "differs" and total < least:
        return ""
    same = seen.surname in SAME_SURNAME and seen.forename in SAME_NAME
    if same and seen.dob in SAME_BIRTH and seen.middle != "conflict":
        return "crowd" if seen.address == "crowd" else "no_address"
    if total < least:
        return ""
    if seen.address == "crowd":
        return "crowd" if same else "forename_near"
    if seen.dob == "assumed":
        return "assumed_birth_date"
    if seen.forename == "order":
        return "name_order"
    if seen.surname not in ALIKE_SURNAME:
        return "surname_changed" if seen.forename in SAME_NAME and seen.dob in SAME_BIRTH else ""
    if seen.dob not in SAME_BIRTH:
        return "birth_date_near"
    return "forename_near" if seen.forename in ALIKE_NAME or seen.middle == "conflict" else "spelling"
