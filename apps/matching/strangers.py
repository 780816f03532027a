"""Whether a look at two accounts is enough to say that no rule links them and none asks: most that blocking finds are such."""

from collections.abc import Collection, Iterable
from itertools import product

from apps.matching.asking import ALIKE_NAME, NEAR_BIRTH, SAME_NAME
from apps.matching.compare import births, names
from apps.matching.compare.accounts import Account, forename_level
from apps.matching.compare.places import postcode_of


def strangers(came: Account, rest: Collection[Account]) -> bool:
    """Whether a record and the records of a child share no number and no place, and forename or birth date are others.

    Says so of none that the policy would link or ask about, and of most others; the whole comparison tells the rest apart.
    """
    if (
        not rest
        or _by_number(came, rest)
        or _nameless(came, rest)
        or came.due
        or any(each.due for each in rest)
    ):
        return False
    if any(_perhaps_one_place(came, each) for each in rest):
        return False
    return not _births_near(came, rest) or not _called_alike(came, rest)


def _by_number(came: Account, rest: Iterable[Account]) -> bool:
    nhs, upns = came.nhs | came.former_nhs, came.upns | came.former_upns
    return any(
        nhs & each.nhs or nhs & each.former_nhs or upns & each.upns or upns & each.former_upns
        for each in rest
    )


def _nameless(came: Account, rest: Collection[Account]) -> bool:
    """Whether a record lacks half its name."""
    return not all(each.forenames and each.surnames for each in (came, *rest))


def _perhaps_one_place(came: Account, other: Account) -> bool:
    """Whether any two addresses could be one: they are not where both have a postcode, and the two are no slip apart."""
    for (_, one), (_, another) in product(came.homes, other.homes):
        mine, theirs = postcode_of(one), postcode_of(another)
        if not mine or not theirs or mine == theirs or names.slip(mine, theirs, 5):
            return True
    return False


def _births_near(came: Account, rest: Iterable[Account]) -> bool:
    return any(
        births.births(one, other) in NEAR_BIRTH for each in rest for one in came.born for other in each.born
    )


def _called_alike(came: Account, rest: Iterable[Account]) -> bool:
    """Whether a forename may be the other's, or the two names stand the other way round."""
    return any(
        forename_level(came, each) in SAME_NAME | ALIKE_NAME or came.surnames & each.forenames
        for each in rest
    )
