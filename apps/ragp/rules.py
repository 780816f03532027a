"""The arithmetic of a rating, pure: what the SQL does for all children, said once more for one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

#: From this birthday on a child is no longer rated: plans under the SEND code of practice run to the day before it.
OVER_AGE = 26
#: The band of a child about whom nothing that counts is known; it is not green.
NOT_RATED = "none"


class BandLike(Protocol):
    """What the arithmetic needs of a band."""

    code: str
    rank: int
    from_points: int | None


def total(contributions: Iterable[Mapping[str, Any]]) -> int:
    """Points are added, nothing else."""
    return sum(int(each["points"]) for each in contributions)


def band_of(points: int, bands: Iterable[BandLike], floors: Iterable[str] = ()) -> str:
    """The highest band whose points are reached, or the highest floor where that is higher."""
    known, floored = sorted(bands, key=lambda band: -band.rank), set(floors)
    least = max((band.rank for band in known if band.code in floored), default=0)
    for band in known:
        if band.from_points is None or band.from_points <= points or band.rank <= least:
            return band.code
    raise ValueError("A scheme needs a band without points, for children not rated")


def recompute(
    contributions: Sequence[Mapping[str, Any]], bands: Iterable[BandLike], floors: Mapping[str, str]
) -> str:
    """The band an assessment's own contributions lead to; ``floors`` gives a rule's floor band by its code."""
    holding = [floors[each["rule"]] for each in contributions if floors.get(each["rule"])]
    return band_of(total(contributions), bands, holding)
