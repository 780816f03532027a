"""Shares of groups with their uncertainty, and which of them are too small to be told. Pure."""

from collections.abc import Mapping
from math import sqrt

#: Below this many children a figure is not told; below the second a group has no shares.
FEW, SMALL_GROUP = 5, 20
#: 95 of 100 such intervals hold the true share.
Z = 1.96


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval of Wilson for a share, from 0 to 1; all of it where nobody was counted."""
    if whole <= 0:
        return 0.0, 1.0
    share, square = part / whole, Z * Z / whole
    middle = (share + square / 2) / (1 + square)
    spread = Z * sqrt(share * (1 - share) / whole + square / (4 * whole)) / (1 + square)
    return max(middle - spread, 0.0), min(middle + spread, 1.0)


def told(figures: Mapping[str, int]) -> dict[str, int | None]:
    """The parts of one whole, None for those too small to be told; where one alone is, the next smallest is withheld with it."""
    small = [name for name, number in figures.items() if 0 < number < FEW]
    if len(small) == 1:
        others = [name for name, number in figures.items() if number >= FEW]
        small += sorted(others, key=lambda name: figures[name])[:1]
    return {name: None if name in small else number for name, number in figures.items()}
