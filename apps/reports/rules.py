"""Which small numbers are not told, and what a number is against another. Pure."""

from collections.abc import Collection, Iterable, Mapping

#: Below this many children a number is not told to who may not see children.
FEW = 5
TOLD_PER = 10_000


def parted(key: str) -> tuple[str, str]:
    """The two parts of a key; the second is empty where there is one."""
    first, _, second = key.rpartition("/")
    return (first, second) if first else (second, "")


def groups(keys: Collection[str], adds_up: Collection[str]) -> list[list[str]]:
    """The keys whose numbers add up to one that is told elsewhere: all of them, those of each row, those of each column."""
    found = [sorted(keys)] if "all" in adds_up else []
    for way, place in (("rows", 0), ("columns", 1)):
        if way in adds_up:
            parts = sorted({parted(key)[place] for key in keys})
            found += [sorted(key for key in keys if parted(key)[place] == part) for part in parts]
    return found


def withheld(cells: Mapping[str, int], groups: Iterable[Collection[str]]) -> frozenset[str]:
    """The keys that are not told: small numbers, and of every group as many more as it takes that none can be worked out.

    What is withheld of a group adds up to at least five and is at least two numbers, wherever the group has that to give.
    """
    hidden, groups = {key for key, number in cells.items() if 0 < number < FEW}, list(groups)
    more: set[str] = hidden
    while more:
        more = {key for group in groups for key in _companion(group, cells, hidden)}
        hidden |= more
    return frozenset(hidden)


def whole_rows(hidden: Iterable[str], columns: Iterable[str]) -> frozenset[str]:
    """Every cell of a row of which one is withheld, noughts too: where parts less one another is told, one part gives the other."""
    rows, columns = {parted(key)[0] for key in hidden}, list(columns)
    return frozenset(f"{row}/{column}" for row in rows for column in columns)


def _companion(group: Collection[str], cells: Mapping[str, int], hidden: Collection[str]) -> list[str]:
    inside = [key for key in group if key in hidden]
    if not inside or len(inside) > 1 and sum(cells.get(key, 0) for key in inside) >= FEW:
        return []
    rest = [key for key in group if key not in hidden and cells.get(key, 0)]
    return sorted(rest, key=lambda key: (cells[key], key))[:1]


def per_10_000(number: int, people: int) -> float:
    """How many of every 10,000 children, to one place."""
    return round(number * TOLD_PER / people, 1)


def percent(part: int, whole: int) -> int:
    """A share in whole per cents; none of none is nought."""
    return round(100 * part / whole) if whole else 0
