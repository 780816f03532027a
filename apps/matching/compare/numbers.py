"""NHS numbers and UPNs compared: the same, a former one, or two that cannot be one child's."""

import re
from collections.abc import Collection
from functools import lru_cache

SHAPE = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")


@lru_cache(maxsize=65536)
def is_upn(number: str) -> bool:
    """Whether a text has the shape of a UPN; a wrong check letter is somebody's slip, and still tells children apart."""
    return bool(SHAPE.fullmatch(number)) and len(set(number[1:12])) > 1


def is_temporary(number: str) -> bool:
    """Whether a UPN is a temporary one, which a permanent one replaces: its last place is a letter."""
    return number[-1:].isalpha()


def numbers(
    one: Collection[str], one_former: Collection[str], other: Collection[str], other_former: Collection[str]
) -> str:
    """How two children's numbers of one kind compare: exact, former, conflict or missing."""
    mine, theirs = set(one), set(other)
    if mine & theirs:
        return "exact"
    if mine & set(other_former) or theirs & set(one_former):
        return "former"
    if not mine or not theirs:
        return "missing"
    lasting = {n for n in mine if not is_temporary(n)}, {n for n in theirs if not is_temporary(n)}
    return "conflict" if all(lasting) else "missing"
