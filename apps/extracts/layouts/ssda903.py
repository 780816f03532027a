"""SSDA903: the yearly return on children looked after, one CSV a module, joined on the local authority's child id."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module, Problem
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.codes import (
    ABSENT,
    ACTIVITIES,
    CEASED,
    IN_TOUCH,
    LEGAL_STATUSES,
    MISSING_KINDS,
    NEEDS,
    PLACEMENTS,
    PROVIDERS,
    RESPITE,
)
from apps.extracts.layouts.identity import Person, merged, person_of

PERSON = {"dob": ("DOB",), "sex": ("SEX",), "ethnicity": ("ETHNIC", "ETHNICITY"), "upn": ("UPN",)}


def _module(code: str, columns: str, required: str, **person: tuple[str, ...]) -> Module:
    headings = {"local_id": ("CHILD",), **person, **{name: (name,) for name in columns.split()}}
    return Module(code, headings, ("local_id", *required.split()), "local_id")


DOB = {"dob": ("DOB",)}
MODULES = (
    _module("header", "MOTHER MC_DOB", "sex dob ethnicity", **PERSON),
    _module(
        "episodes",
        "DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
        "DECOM LS PLACE DEC",
    ),
    _module("reviews", "REVIEW REVIEW_CODE", "REVIEW REVIEW_CODE", **DOB),
    _module("uasc", "DUC", "DUC", **DOB, sex=("SEX",)),
    _module(
        "oc2",
        "SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE",
        "SDQ_SCORE",
        **DOB,
    ),
    _module("oc3", "IN_TOUCH ACTIV ACCOM", "IN_TOUCH ACTIV ACCOM", **DOB),
    _module("ad1", "DATE_INT DATE_MATCH FOSTER_CARE", "DATE_INT DATE_MATCH", **DOB),
    _module(
        "placed_for_adoption", "DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED", "DATE_PLACED", **DOB
    ),
    _module("previous_permanence", "PREV_PERM LA_PERM DATE_PERM", "PREV_PERM", **DOB),
    _module("missing", "MISSING MIS_START MIS_END", "MIS_START MIS_END", **DOB),
    _module("sw_episodes", "SW_ID SW_DECOM SW_DEC SW_REASON", "SW_ID SW_DECOM", **DOB),
    _module("dolo", "DOLO_START DOLO_END", "DOLO_START", **DOB),
)
LABELS = {field: headings[0] for module in MODULES for field, headings in module.headings.items()}
EPISODE_DETAIL = {
    "placement": "PLACE",
    "provider": "PLACE_PROVIDER",
    "placement_postcode": "PL_POST",
    "placement_urn": "URN",
    "reason_for_change": "REASON_PLACE_CHANGE",
    "reason_new_episode": "RNE",
}


class Episode(NamedTuple):
    """One episode of care whose dates could be read."""

    start: date
    end: date | None
    cells: Cells


def interpret(bundle: Bundle) -> Interpreted:
    """One child of the return: periods of care from the episodes, and what the other modules add."""
    read = [(row.module.partition(" ")[0], Cells(row, LABELS)) for row in bundle.rows]
    if not any(module == "header" for module, _cells in read):
        for _code, cells in read:
            cells.problem("NOT_IN_MAIN", "local_id")
        return Interpreted(None, [], _problems(read))
    heads = [(cells, person_of(cells)) for module, cells in read if module == "header"]
    said = [(cells, words) for cells, words in heads if not cells.rejected]
    person = merged(said) if said else None
    facts: list[Fact] = []
    for module, cells in read:
        found = list(READERS.get(module, _nothing)(cells))
        _check_birth(cells, person)
        facts += () if cells.rejected else found
    episodes = [episode for module, cells in read if module == "episodes" and (episode := _episode(cells))]
    asylum = next((cells for module, cells in read if module == "uasc"), None)
    if person is not None and (died := _died(episodes)):
        person["died_on"] = died
    return Interpreted(person, facts + _care(episodes, asylum), _problems(read))


def _check_birth(cells: Cells, person: Person | None) -> None:
    """DOB stands in eleven modules: the header's counts, the others are checked against it."""
    if (
        "dob" in cells.data
        and (born := cells.day("dob"))
        and person is not None
        and person.get("dob", born) != born
    ):
        cells.problem("DUPLICATE_IN_FILE", "dob")


def _problems(read: Iterable[tuple[str, Cells]]) -> list[Problem]:
    return [problem for _module_, cells in read for problem in cells.problems]


def _nothing(cells: Cells) -> Iterable[Fact]:
    return ()


def _episode(cells: Cells) -> Episode | None:
    start = cells.needed_day("DECOM")
    end = cells.day("DEC")
    if start and end and end < start:
        cells.problem("END_BEFORE_START", "DEC")
    for field, codes in (
        ("LS", LEGAL_STATUSES),
        ("PLACE", PLACEMENTS),
        ("PLACE_PROVIDER", PROVIDERS),
        ("CIN", NEEDS),
        ("REC", CEASED),
    ):
        cells.code(field, codes)
    return None if cells.rejected or start is None else Episode(start, end, cells)


def _care(episodes: list[Episode], asylum: Cells | None) -> list[Fact]:
    """Placements, one an episode, and one involvement a period of care; respite (V3, V4) is a placement but no period of care."""
    facts = [_placement(episode) for episode in episodes]
    for period in _periods([e for e in episodes if e.cells.data.get("LS", "").upper() not in RESPITE]):
        care = _looked_after(period)
        if asylum is not None:
            care.detail["unaccompanied_asylum_seeker_until"] = asylum.text("DUC")
        facts.append(care)
    overlap = _overlap(episodes)
    if overlap is not None:
        overlap.cells.problem("EPISODES_OVERLAP", "DECOM")
    return facts


def _ordered(episodes: Iterable[Episode]) -> list[Episode]:
    return sorted(episodes, key=lambda e: (e.start, e.end or date.max))


def _overlap(episodes: list[Episode]) -> Episode | None:
    """The first episode that starts before an earlier one has ended."""
    latest = date.min
    for episode in _ordered(episodes):
        if episode.start < latest:
            return episode
        latest = max(latest, episode.end or date.max)
    return None


def _periods(episodes: list[Episode]) -> list[list[Episode]]:
    """Episodes that follow on from one another on the same day, or overlap, are one period."""
    periods: list[list[Episode]] = []
    until = date.min
    for episode in _ordered(episodes):
        if periods and episode.start <= until:
            periods[-1].append(episode)
        else:
            periods.append([episode])
            until = date.min
        until = max(until, episode.end or date.max)
    return periods


def _looked_after(period: list[Episode]) -> Fact:
    """A period of care: its content is that of the newest episode, an open one before all others."""
    newest = max(period, key=lambda e: (e.end is None, e.start, e.end or date.max))
    start = period[0].start
    end = None if any(e.end is None for e in period) else max(e.end for e in period if e.end)
    detail = newest.cells.details(
        {**EPISODE_DETAIL, "need": "CIN", **({"reason_ceased": "REC"} if end else {})}
    )
    row = newest.cells.row
    return Fact(
        "I",
        "looked_after",
        start.isoformat(),
        start,
        end,
        category=newest.cells.text("LS").upper(),
        detail=detail,
        module=row.module,
        row_no=row.row_no,
    )


def _placement(episode: Episode) -> Fact:
    cells = episode.cells
    return Fact(
        "O",
        "placement",
        episode.start.isoformat(),
        episode.start,
        episode.end,
        text=cells.text("PLACE").upper(),
        category=cells.text("LS").upper(),
        detail=cells.details(EPISODE_DETAIL),
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def _died(episodes: list[Episode]) -> date | None:
    return next((e.end for e in episodes if e.end and e.cells.text("REC").upper() == "E2"), None)


def _spell(cells: Cells, service: str, start: str, end: str, **content: Any) -> Iterable[Fact]:
    """An involvement between two dates of a row."""
    first, last = cells.span(start, end)
    if first is None:
        if not cells.rejected:
            cells.problem("VALUE_MISSING", start)
        return
    yield Fact(
        "I",
        service,
        first.isoformat(),
        first,
        last,
        module=cells.row.module,
        row_no=cells.row.row_no,
        **content,
    )


def _missing(cells: Cells) -> Iterable[Fact]:
    yield from _spell(cells, "missing", "MIS_START", "MIS_END", category=cells.code("MISSING", MISSING_KINDS))


def _social_worker(cells: Cells) -> Iterable[Fact]:
    detail = cells.details({"reason_for_change": "SW_REASON"})
    yield from _spell(
        cells, "social_worker", "SW_DECOM", "SW_DEC", worker_ref=cells.ident("SW_ID"), detail=detail
    )


def _care_leaver(cells: Cells) -> Iterable[Fact]:
    """A care leaver the authority reports on. One who died or returned home is no longer."""
    touch, activity = cells.code("IN_TOUCH", IN_TOUCH), cells.code("ACTIV", ACTIVITIES)
    if touch in ABSENT:
        return
    detail = cells.details({"in_touch": "IN_TOUCH", "activity": "ACTIV", "accommodation": "ACCOM"})
    yield Fact(
        "I",
        "care_leaver",
        "oc3",
        category=activity,
        detail=detail,
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def _sdq(cells: Cells) -> Iterable[Fact]:
    score = cells.number("SDQ_SCORE", Decimal(0), Decimal(40))
    if score is not None:
        yield Fact("O", "sdq", "sdq", value=score, module=cells.row.module, row_no=cells.row.row_no)


def _review(cells: Cells) -> Iterable[Fact]:
    cells.day("REVIEW")
    return ()


READERS: dict[str, Callable[[Cells], Iterable[Fact]]] = {
    "reviews": _review,
    "oc2": _sdq,
    "oc3": _care_leaver,
    "missing": _missing,
    "sw_episodes": _social_worker,
}

LAYOUTS = [Layout("ssda903", "the SSDA903 return", MODULES, interpret)]
