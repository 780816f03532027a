"""The department's checks of one child's return that need more than one cell: each is a code, a column and a test."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from apps.core import values
from apps.core.clock import today
from apps.extracts.layouts import codes
from apps.extracts.layouts.care import Episode
from apps.extracts.layouts.cells import Cells

FIRST_DAY = date(1991, 10, 14)
Read = Sequence[tuple[str, Cells]]
#: Modules in which a child has one row.
ONCE = {
    "header": "DFE_INT32",
    "ad1": "DFE_INT31",
    "oc2": "DFE_INT33",
    "oc3": "DFE_INT34",
    "previous_permanence": "DFE_INT35",
    "uasc": "DFE_INT36",
}


class Check(NamedTuple):
    """A rule about one episode, the child's birth and today."""

    code: str
    field: str
    broken: Callable[[Episode, date | None, date], bool]


EPISODE = (
    Check("DFE_148", "DEC", lambda e, born, now: (e.end is None) == bool(e.cells.data.get("REC"))),
    Check("DFE_353", "DECOM", lambda e, born, now: e.start < FIRST_DAY),
    Check("DFE_354", "DECOM", lambda e, born, now: e.start > now),
    Check("DFE_355", "DEC", lambda e, born, now: e.end == e.start),
    Check("DFE_385", "DEC", lambda e, born, now: e.end is not None and e.end > now),
    Check("DFE_302", "DECOM", lambda e, born, now: born is not None and e.start < born),
    Check(
        "DFE_352",
        "DECOM",
        lambda e, born, now: (
            born is not None and e.cells.data.get("RNE") == "S" and aged(born, e.start) >= 18
        ),
    ),
)
#: Reason the episode ended: the rule, and the ages it cannot be true at.
AGES: dict[str, tuple[str, range]] = {
    **dict.fromkeys(codes.ADOPTED, ("DFE_386", range(18, 200))),
    **dict.fromkeys(codes.GUARDIANS, ("DFE_407", range(18, 200))),
    **dict.fromkeys(codes.INDEPENDENT, ("DFE_387", range(14))),
    "E7": ("DFE_389", range(16)),
    "E17": ("DFE_460", range(18)),
}


def aged(born: date, on: date) -> int:
    """Whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def check(read: Read, episodes: list[Episode], born: date | None) -> None:
    """Note what the rows of one child break together; the episodes come in their order."""
    _once(read)
    now = today()
    for episode in episodes:
        _episode(episode, born, now)
    for before, after in pairwise(episodes):
        _pair(before, after)
    if episodes:
        _last(episodes[-1])
    if len(read) > len(episodes) + 1:
        _others(read, episodes, born)


def _once(read: Read) -> None:
    seen = set()
    for module, cells in read:
        if module in seen and module in ONCE:
            cells.problem(ONCE[module], "local_id")
        seen.add(module)


def _episode(episode: Episode, born: date | None, now: date) -> None:
    cells = episode.cells
    data = cells.data
    for code, field, broken in EPISODE:
        if broken(episode, born, now):
            cells.problem(code, field)
    if (
        born
        and episode.end
        and (found := AGES.get(data.get("REC", "")))
        and aged(born, episode.end) in found[1]
    ):
        cells.problem(found[0], "REC")
    for field in ("HOME_POST", "PL_POST"):
        if (text := data.get(field)) and not values.postcode(text):
            cells.problem("DFE_392C", field)


def _pair(before: Episode, after: Episode) -> None:
    """Two episodes that follow one another."""
    end, reason = before.end, before.cells.data.get("REC", "")
    new = after.cells.data.get("RNE", "")
    if reason in codes.FINAL:
        before.cells.problem("DFE_437", "REC")
    if end is None:
        before.cells.problem("DFE_142", "DEC")
        return
    if reason == "X1" and end < after.start:
        before.cells.problem("DFE_388", "REC")
    if new == "S":
        if end == after.start:
            after.cells.problem("DFE_431", "RNE")
    elif end <= after.start and reason not in ("X1", ""):
        after.cells.problem("DFE_432", "RNE")
    elif new and end < after.start:
        after.cells.problem("DFE_433", "RNE")


def _last(episode: Episode) -> None:
    if episode.end and episode.cells.data.get("REC") == "X1":
        episode.cells.problem("DFE_388", "REC")


def _others(read: Read, episodes: list[Episode], born: date | None) -> None:
    spells: dict[str, list[Spell]] = {"missing": [], "sw_episodes": []}
    for module, cells in read:
        if module in spells and (spell := _spell(cells, *DATES[module])):
            spells[module].append(spell)
        elif module == "uasc":
            _asylum(cells, read, born)
        elif module == "oc3" and any(e.cells.data.get("REC") == "E2" for e in episodes):
            cells.problem("DFE_1000", "IN_TOUCH")
    if spells["missing"]:
        _missing(sorted(spells["missing"], key=_begin), episodes, born)
    if spells["sw_episodes"]:
        _workers(sorted(spells["sw_episodes"], key=_begin))


class Spell(NamedTuple):
    """The dates of a row that has a first one."""

    start: date
    end: date | None
    cells: Cells


DATES = {"missing": ("MIS_START", "MIS_END"), "sw_episodes": ("SW_DECOM", "SW_DEC")}


def _begin(spell: Spell) -> tuple[date, date]:
    return spell.start, spell.end or date.max


def quiet_day(cells: Cells, field: str) -> date | None:
    """A day that was read before: a problem with it is noted already."""
    text = cells.data.get(field, "")
    return values.parse_date(text) if text and len(text) < 60 else None


def _spell(cells: Cells, start: str, end: str) -> Spell | None:
    first = None if cells.rejected else quiet_day(cells, start)
    return Spell(first, quiet_day(cells, end), cells) if first else None


def _asylum(cells: Cells, read: Read, born: date | None) -> None:
    until = cells.day("DUC", "DFE_104")
    if until and born and (until.year - 18, until.month, until.day) > (born.year, born.month, born.day):
        cells.problem("DFE_304", "DUC")
    sexes = {one.data["sex"] for module, one in read if module == "header" and "sex" in one.data}
    if sexes and cells.data.get("sex", "") not in sexes | {""}:
        cells.problem("DFE_INT21", "sex")


def _missing(spells: list[Spell], episodes: list[Episode], born: date | None) -> None:
    ended = (
        None
        if not episodes or any(e.end is None for e in episodes)
        else max(e.end for e in episodes if e.end)
    )
    for start, end, cells in spells:
        tests = {
            "DFE_570": start > today(),
            "DFE_581": bool(episodes) and start < episodes[0].start,
            "DFE_578": ended is not None and start > ended,
            "DFE_586": born is not None and start < born,
        }
        for code, broken in tests.items():
            if broken:
                cells.problem(code, "MIS_START")
        if end and end > today():
            cells.problem("DFE_571", "MIS_END")
        if ended and end is None:
            cells.problem("DFE_577", "MIS_END")
    for cells in _overlapping(spells):
        cells.problem("DFE_574", "MIS_START")


def _overlapping(spells: Sequence[Spell]) -> Iterable[Cells]:
    for before, after in pairwise(spells):
        if before.end is None or after.start < before.end:
            yield after.cells


def _workers(spells: list[Spell]) -> None:
    for before, after in pairwise(spells):
        if before.end is None:
            before.cells.problem("DFE_SW108STG2", "SW_DEC")
        elif after.start < before.end:
            after.cells.problem("DFE_SW10STG2", "SW_DECOM")
    for spell in spells:
        if spell.start > today():
            spell.cells.problem("DFE_SW06STG2", "SW_DECOM")
