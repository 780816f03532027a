"""SSDA903: the yearly return on children looked after, one CSV a module or one XML, joined on the authority's child id."""

import re
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

from apps.core import values
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module, Problem, XmlForm
from apps.extracts.layouts.care import care_of, died_in_care, episode_of, ordered
from apps.extracts.layouts.care_checks import check
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.codes import (
    ABSENT,
    ACCOMMODATIONS,
    ACTIVITIES,
    ETHNICITIES,
    IN_TOUCH,
    MISSING_KINDS,
    PARTICIPATION,
    REVERSALS,
    WORKER_CHANGES,
)
from apps.extracts.layouts.identity import Person, merged, person_of
from apps.extracts.layouts.ssda903_xml import rows_of

SEXES_903 = frozenset("12")
WHY_NO_UPN = frozenset(f"UN{number}" for number in range(1, 6))
UPN = re.compile(r"[A-Z]\d{11}[A-Z\d]")
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
        "SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT"
        " SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
        "SDQ_SCORE",
        **DOB,
    ),
    _module("oc3", "IN_TOUCH ACTIV ACCOM", "IN_TOUCH ACTIV ACCOM", **DOB),
    _module(
        "ad1",
        "DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
        "DATE_INT DATE_MATCH",
        **DOB,
    ),
    _module(
        "placed_for_adoption", "DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED", "DATE_PLACED", **DOB
    ),
    _module("previous_permanence", "PREV_PERM LA_PERM DATE_PERM", "PREV_PERM", **DOB),
    _module("missing", "MISSING MIS_START MIS_END", "MIS_START MIS_END", **DOB),
    _module("sw_episodes", "SW_ID SW_DECOM SW_DEC SW_REASON", "SW_ID SW_DECOM", **DOB),
    _module("dolo", "DOLO_START DOLO_END", "DOLO_START", **DOB),
)
LABELS = {field: headings[0] for module in MODULES for field, headings in module.headings.items()}


def interpret(bundle: Bundle) -> Interpreted:
    """One child of the return: periods of care from the episodes, and what the other modules add."""
    read = [(row.module.partition(" ")[0], Cells(row, LABELS)) for row in bundle.rows]
    if not any(module == "header" for module, _cells in read):
        for _code, cells in read:
            cells.problem("NOT_IN_MAIN", "local_id")
        return Interpreted(None, [], _problems(read))
    heads = [(cells, _head(cells)) for module, cells in read if module == "header"]
    said = [(cells, words) for cells, words in heads if not cells.rejected]
    person = merged(said) if said else None
    facts: list[Fact] = []
    for module, cells in read:
        found = list(READERS.get(module, _nothing)(cells))
        if module != "header":
            _check_birth(cells, person)
        facts += () if cells.rejected else found
    episodes = ordered(
        episode for module, cells in read if module == "episodes" and (episode := episode_of(cells))
    )
    asylum = next((cells for module, cells in read if module == "uasc"), None)
    if died := died_in_care(episodes):
        facts = [fact for fact in facts if fact.code != "care_leaver"]
        if person is not None:
            person["died_on"] = died
    facts += care_of(episodes, asylum)
    check(read, episodes, person.get("dob") if person else None)
    return Interpreted(person, facts, _problems(read))


def _head(cells: Cells) -> Person:
    """Who the child is. What is no UPN at all is not used: children without one would share it."""
    data = cells.data = dict(cells.data)
    if values.ident(data.get("sex", "")) not in SEXES_903:
        cells.problem("DFE_101", "sex")
        data.pop("sex", None)
    if "dob" not in data:
        cells.problem("DFE_102", "dob")
    if data.get("ethnicity", "").upper() not in ETHNICITIES:
        cells.problem("DFE_103", "ethnicity")
    number = values.upn(data.get("upn", ""))
    if not number:
        cells.problem("DFE_442", "upn")
    elif not UPN.fullmatch(number):
        del data["upn"]
        if number not in WHY_NO_UPN:
            cells.problem("DFE_168", "upn")
    return person_of(cells)


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


def _needed_code(cells: Cells, field: str, known: Collection[str], rule: str) -> str:
    """A code that may not be empty."""
    found = cells.code(field, known, rule)
    if not found:
        cells.problem(rule, field)
    return found


def _missing(cells: Cells) -> Iterable[Fact]:
    kind = cells.code("MISSING", MISSING_KINDS, "DFE_1006")
    yield from _spell(cells, "missing", "MIS_START", "MIS_END", category=kind)
    if not kind and not cells.rejected:
        cells.problem("DFE_565", "MISSING")


def _social_worker(cells: Cells) -> Iterable[Fact]:
    cells.code("SW_REASON", WORKER_CHANGES, "DFE_SW13STG1")
    worker = cells.ident("SW_ID")
    if not worker.upper().startswith(("SW", "XX")):
        cells.problem("DFE_SW02STG1", "SW_ID")
    detail = cells.details({"reason_for_change": "SW_REASON"})
    yield from _spell(cells, "social_worker", "SW_DECOM", "SW_DEC", worker_ref=worker, detail=detail)


def _care_leaver(cells: Cells) -> Iterable[Fact]:
    """A care leaver the authority reports on. One who died or returned home is no longer."""
    touch = cells.code("IN_TOUCH", IN_TOUCH, "DFE_131")
    activity = cells.code("ACTIV", ACTIVITIES | {"0"}, "DFE_132")
    accommodation = cells.code("ACCOM", ACCOMMODATIONS | {"0"}, "DFE_133")
    if touch in ABSENT:
        return
    if not (touch and activity and accommodation):
        cells.problem("DFE_153", "IN_TOUCH")
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
    if not cells.data.get("REVIEW"):
        cells.problem("DFE_166", "REVIEW")
    cells.day("REVIEW")
    _needed_code(cells, "REVIEW_CODE", PARTICIPATION, "DFE_167")
    return ()


def _adoption(cells: Cells) -> Iterable[Fact]:
    cells.day("DATE_INT", "DFE_112")
    cells.day("DATE_MATCH", "DFE_113")
    return ()


def _placed(cells: Cells) -> Iterable[Fact]:
    """A decision that the child should be placed for adoption, and its reversal."""
    placed, ceased = cells.day("DATE_PLACED", "DFE_115"), cells.day("DATE_PLACED_CEASED", "DFE_116")
    if not cells.data.get("DATE_PLACED"):
        cells.problem("DFE_115", "DATE_PLACED")
    if placed and ceased and ceased < placed:
        cells.problem("DFE_522", "DATE_PLACED_CEASED")
    if bool(cells.data.get("DATE_PLACED_CEASED")) != bool(cells.data.get("REASON_PLACED_CEASED")):
        cells.problem("DFE_119", "DATE_PLACED_CEASED")
    cells.code("REASON_PLACED_CEASED", REVERSALS, "DFE_120")
    return ()


READERS: dict[str, Callable[[Cells], Iterable[Fact]]] = {
    "reviews": _review,
    "oc2": _sdq,
    "oc3": _care_leaver,
    "ad1": _adoption,
    "placed_for_adoption": _placed,
    "missing": _missing,
    "sw_episodes": _social_worker,
}

LAYOUTS = [
    Layout("ssda903", "the SSDA903 return", MODULES, interpret, xml=XmlForm("CHILD", rows_of(MODULES)))
]
