"""SSDA903: the yearly return on children looked after, one CSV a module or one XML, joined on the authority's child id."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module, Problem, XmlForm
from apps.extracts.layouts.care import care_of, died_in_care, episode_of
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.codes import (
    ABSENT,
    ACTIVITIES,
    IN_TOUCH,
    MISSING_KINDS,
)
from apps.extracts.layouts.identity import Person, merged, person_of
from apps.extracts.layouts.ssda903_xml import rows_of

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
    heads = [(cells, person_of(cells)) for module, cells in read if module == "header"]
    said = [(cells, words) for cells, words in heads if not cells.rejected]
    person = merged(said) if said else None
    facts: list[Fact] = []
    for module, cells in read:
        found = list(READERS.get(module, _nothing)(cells))
        if module != "header":
            _check_birth(cells, person)
        facts += () if cells.rejected else found
    episodes = [episode for module, cells in read if module == "episodes" and (episode := episode_of(cells))]
    asylum = next((cells for module, cells in read if module == "uasc"), None)
    if person is not None and (died := died_in_care(episodes)):
        person["died_on"] = died
    return Interpreted(person, facts + care_of(episodes, asylum), _problems(read))


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

LAYOUTS = [
    Layout("ssda903", "the SSDA903 return", MODULES, interpret, xml=XmlForm("CHILD", rows_of(MODULES)))
]
