"""Whether ratings and their changes fall differently on groups of children: shares with intervals, small numbers withheld."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from apps.children.ethnicities import group_of
from apps.core import marks, words
from apps.core.presenters import Band
from apps.profiles.presenters.home import bands
from apps.profiles.proportions import FEW, SMALL_GROUP, told, wilson

NOUNS = {
    "M": "Male",
    "1": "Male",
    "F": "Female",
    "2": "Female",
    "I": "Indeterminate",
    "U": "Not known",
    "": "Not known",
}
HIGH = ("red", "purple")
NOTE = (
    f"Figures under {FEW} are not shown, and where one alone would be missing from its line, the next smallest with it; groups of fewer"
    f" than {SMALL_GROUP} children have no shares. Intervals are 95 per cent (Wilson): where two of them do not overlap, the groups differ"
    " by more than chance. A difference may lie in the children’s lives, in who is noticed, or in the rules: the figures do not say which."
)


@dataclass(frozen=True)
class Share:
    """A share with its interval as words, and a bar as long; empty where it is withheld."""

    text: str = "withheld"
    bar: str = ""


@dataclass(frozen=True)
class Group:
    """One group: how many children, how many in each band, how many in the highest ones, and how many changed."""

    name: str
    children: str
    cells: list[str]
    high: Share
    changed: Share


def page(counted: datetime, rows: Iterable[tuple[str, str, str, int, int]]) -> dict[str, object]:
    """The whole page from when it was counted, and (kind, group, band, children, changed)."""
    found: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    for kind, value, band, children, changed in rows:
        name = named(kind, value)
        mine = found.setdefault(kind, {}).setdefault(name, {})
        was = mine.get(band, (0, 0))
        mine[band] = was[0] + children, was[1] + changed
    shown = bands()
    kinds = [
        (kind, [group(name, mine, shown) for name, mine in sorted(groups.items())])
        for kind, groups in found.items()
    ]
    columns = "|".join(["Group", "Children:r", *(f"{band.label}:r" for band in shown.values())])
    return {
        "kinds": sorted(kinds, key=lambda each: ("Sex", "Ethnicity", "SEND", "Area").index(each[0])),
        "columns": f"{columns}|Red or Purple|Changed in 90 days",
        "note": NOTE,
        "fresh": f"Counted {words.moment(counted)}",
    }


def named(kind: str, value: str) -> str:
    """What a group is called: codes that two returns write differently are one group."""
    if kind == "Ethnicity":
        return group_of(value)
    return NOUNS.get(value, value) if kind == "Sex" else value or "Not known"


def group(name: str, mine: dict[str, tuple[int, int]], shown: dict[str, Band]) -> Group:
    """One line of a table."""
    counts = told({code: mine.get(code, (0, 0))[0] for code in shown})
    whole = sum(number for number, _ in mine.values())
    high = [counts[code] for code in HIGH if code in counts]
    moved = sum(changed for _, changed in mine.values())
    return Group(
        name,
        words.number(whole) if whole >= FEW else f"under {FEW}",
        ["withheld" if number is None or whole < FEW else words.number(number) for number in counts.values()],
        Share() if None in high else share(sum(number or 0 for number in high), whole),
        Share() if 0 < moved < FEW else share(moved, whole),
    )


def share(part: int, whole: int) -> Share:
    """ "12.0% (9.1 to 15.6)" of a group large enough."""
    if whole < SMALL_GROUP:
        return Share()
    low, high = wilson(part, whole)
    return Share(
        f"{100 * part / whole:.1f}% ({100 * low:.1f} to {100 * high:.1f})", marks.meter(part / whole)
    )
