"""SEND Annex A: one workbook of two lists without names, children with a plan and children with SEN support."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from apps.core import values
from apps.core.clock import today
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import Person, merged, person_of

CHILD = {
    "local_id": ("Unique ID", "Child Unique ID", "Person ID"),
    "upn": ("UPN", "Unique Pupil Number"),
    "uln": ("ULN", "Unique Learner Number"),
    "dob": ("Date of birth", "DOB"),
    "sex": ("Gender", "Sex"),
    "ethnicity": ("Ethnicity",),
}
COMMON = {
    "need": ("SEN primary need",),
    "urn": ("Main education establishment – URN", "Main education establishment URN"),
    "phase": ("Main education establishment – phase",),
    "subsidiary": ("Subsidiary education establishment – phase (dual registration)", "Subsidiary establishment – phase"),
    "suspensions": ("Suspensions",),
    "permanent_exclusions": ("Permanent exclusions",),
    "absence": ("Absence",),
    "known": ("Known to children's social care?",),
    "team": ("Which children's social care team?",),
    "disability": ("Does the child or young person have a disability?", "disability?"),
}  # fmt: skip
PLAN = {
    "issued": ("Date initial EHC plan issued",),
    "updated": ("Date updated EHC plan issued",),
    "reviewed": ("Date EHC plan last reviewed",),
    "home_educated": ("Elective home education",),
}
#: What the page shows of a row, by the name it shows it under.
DETAIL = {
    "Main setting (URN)": "urn",
    "Phase": "phase",
    "Subsidiary setting": "subsidiary",
    "Suspensions": "suspensions",
    "Permanent exclusions": "permanent_exclusions",
    "Absence": "absence",
    "Known to social care": "known",
    "Social care team": "team",
}
PLAN_DETAIL = {
    "Last reviewed": "reviewed",
    "Last updated": "updated",
    "Home educated": "home_educated",
    **DETAIL,
}
LABELS = {field: headings[0] for field, headings in {**CHILD, **COMMON, **PLAN}.items()}
PAST = ("issued", "updated", "reviewed")
#: Codes that say why a child has no number: given in the column of the UPN or of the ULN.
UNKNOWN = frozenset(f"UN{number}" for number in range(1, 11))


class Check(NamedTuple):
    """A rule of the row: its code, the field it is about, and whether a child of an age breaks it."""

    code: str
    field: str
    broken: Callable[[int, dict[str, str]], bool]


CHECKS = (
    Check("SEND_NUMBER", "upn", lambda age, data: age >= 6 and not data.get("upn") and not data.get("uln")),
    Check(
        "SEND_SETTING",
        "urn",
        lambda age, data: (
            5 <= age <= 15
            and not any(data.get(field) for field in ("urn", "phase", "subsidiary"))
            and not values.is_yes(data.get("home_educated", ""))
        ),
    ),
    Check("SEND_AGE", "dob", lambda age, data: age == 25),
    Check("SEND_OLD", "dob", lambda age, data: age >= 26),
)


def interpret(bundle: Bundle) -> Interpreted:
    """One child over both lists."""
    said: list[tuple[Cells, Person]] = []
    read: list[Cells] = []
    facts: list[Fact] = []
    for row in bundle.rows:
        cells = Cells(row, LABELS)
        read.append(cells)
        words = _person(cells)
        check(cells, words.get("dob"))
        found = list(_facts(cells))
        if not cells.rejected:
            said.append((cells, words))
            facts += found
    person = merged(said) if said else None
    return Interpreted(person, _once(facts), [problem for cells in read for problem in cells.problems])


def check(cells: Cells, dob: date | None) -> None:
    """Hold a row against the rules for its age, and its dates against today."""
    if dob:
        now = today()
        age = now.year - dob.year - ((now.month, now.day) < (dob.month, dob.day))
        for rule in CHECKS:
            if rule.broken(age, cells.data):
                cells.problem(rule.code, rule.field)
    for field in PAST:
        if (day := values.parse_date(cells.data.get(field, "")[:40])) and day > today():
            cells.problem("DATE_TO_COME", field)


def _person(cells: Cells) -> Person:
    """A code that says why there is no number stands where the number would, and is none."""
    numbers = {
        field: cells.data.pop(field)
        for field in ("upn", "uln")
        if cells.data.get(field, "").upper() in UNKNOWN
    }
    words = person_of(cells)
    cells.data.update(numbers)
    return words


def _facts(cells: Cells) -> Iterable[Fact]:
    row = Fact("I", "", "annex_a", module=cells.row.module, row_no=cells.row.row_no)
    need = cells.text("need", 40)
    if cells.row.module.startswith("list_1"):
        if start := cells.needed_day("issued"):
            detail = cells.details(PLAN_DETAIL)
            yield replace(
                row, code="ehcp", key=start.isoformat(), start_on=start, category=need, detail=detail
            )
    else:
        yield replace(row, code="sen_support", category=need, detail=cells.details(DETAIL))
    if need:
        yield replace(row, kind="O", code="sen_need", text=need)
    if values.is_yes(cells.data.get("disability", "")):
        yield replace(row, kind="O", code="disability", text="Yes")
    if values.is_yes(cells.data.get("home_educated", "")):
        yield replace(row, kind="O", code="education_status", text="Home educated")
    absence = cells.number("absence", Decimal(0), Decimal(100))
    if absence is not None:
        yield replace(row, kind="O", code="attendance", value=100 - absence)


def _once(facts: list[Fact]) -> list[Fact]:
    """What both lists say of the child is one observation, the plan's."""
    found: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        found.setdefault((fact.kind, fact.code, fact.key), fact)
    return list(found.values())


LIST_1 = Module("list_1", {**CHILD, **COMMON, **PLAN}, ("local_id", "dob", "issued", "need"), "local_id")
LIST_2 = Module("list_2", {**CHILD, **COMMON}, ("local_id", "dob", "need", "urn"), "local_id")
LAYOUTS = [
    Layout(
        "send_annex_a", "the SEND Annex A workbook", (LIST_1, LIST_2), interpret, needed=("list_1", "list_2")
    )
]
