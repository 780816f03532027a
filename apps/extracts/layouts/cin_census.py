"""Children in need census: one XML element a child, in the layouts of every year from 2021 to 2026."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from apps.core import values
from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module, RawRow
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import Person, merged, person_of

LABELS = {
    "local_id": "LAchildID",
    "dob": "PersonBirthDate",
    "died_on": "PersonDeathDate",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "upn": "UPN",
    "former_upn": "FormerUPN",
}
#: Where the census keeps what a person is; the first that is there counts (the sex was GenderCurrent until 2023).
PERSON = {
    "dob": ("ChildIdentifiers/PersonBirthDate",),
    "died_on": ("ChildIdentifiers/PersonDeathDate",),
    "sex": ("ChildIdentifiers/Sex", "ChildIdentifiers/GenderCurrent", "ChildIdentifiers/PersonGenderCurrent"),
    "upn": ("ChildIdentifiers/UPN",),
    "former_upn": ("ChildIdentifiers/FormerUPN",),
    "ethnicity": ("ChildCharacteristics/Ethnicity",),
}
PART = re.compile(r"(?P<tag>[^\[\]]+)(?:\[(?P<number>\d+)\])?")
#: What only a child in need has, beyond a referral and its assessment.
IN_NEED = ("CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
YES = frozenset({"1", "true"})

Parts = dict[str, list[dict[str, Any]]]


class Group(NamedTuple):
    """One repeated element: its own values as cells, and the elements inside it."""

    cells: Cells
    inner: Parts


def interpret(bundle: Bundle) -> Interpreted:
    """One child of the census: cases, plans, and what the identifiers say."""
    read = [(row, Cells(row._replace(data=_personal(row.data)), LABELS)) for row in bundle.rows]
    said: list[tuple[Cells, Person]] = []
    facts: list[Fact] = []
    for row, cells in read:
        words = person_of(cells)
        found = [*_cases(row, cells), *_disability(row, cells)]
        if not cells.rejected:
            said.append((cells, words))
            facts += found
    person = merged(said) if said else None
    return Interpreted(person, facts, [problem for _row, cells in read for problem in cells.problems])


def _personal(data: dict[str, str]) -> dict[str, str]:
    found = {}
    for field, paths in PERSON.items():
        for path in paths:
            if path in data:
                found[field] = data[path]
                break
    return found


def groups(data: dict[str, str], tag: str, cells: Cells) -> Iterator[Group]:
    """Every element of a name, in order, as cells that note their problems with the child's row."""
    nested = _nested(data)
    for part in nested.get(tag, []):
        yield _group(part, cells)


def _group(part: dict[str, Any], cells: Cells) -> Group:
    own = {name: value for name, value in part.items() if isinstance(value, str)}
    found = Cells(RawRow(cells.row.module, cells.row.row_no, own), {})
    found.problems = cells.problems
    return Group(found, {name: value for name, value in part.items() if isinstance(value, list)})


def _nested(data: dict[str, str]) -> dict[str, Any]:
    """Paths such as ``CINdetails[2]/ChildProtectionPlans/CPPstartDate`` as lists of parts within parts."""
    root: dict[str, Any] = {}
    for path, value in data.items():
        *above, leaf = path.split("/")
        at = root
        for step in above:
            found = PART.fullmatch(step)
            tag, number = (found["tag"], int(found["number"] or 1)) if found else (step, 1)
            parts = at.setdefault(tag, [])
            while len(parts) < number:
                parts.append({})
            at = parts[number - 1]
        at[leaf] = value
    return root


def _cases(row: RawRow, child: Cells) -> Iterator[Fact]:
    for case in groups(row.data, "CINdetails", child):
        found = [*_case(case), *_plans(case, child)]
        child.rejected = child.rejected or case.cells.rejected
        yield from found


def _case(case: Group) -> Iterator[Fact]:
    """A referral; a child in need where there is more than its assessment and it did not end with no further action."""
    cells = case.cells
    start, end = cells.needed_day("CINreferralDate"), cells.day("CINclosureDate")
    if start and end and end < start:
        cells.problem("END_BEFORE_START", "CINclosureDate")
    if start is None or cells.rejected:
        return
    further = cells.text("ReferralNFA").lower() not in YES
    service = (
        "child_in_need" if further and any(case.inner.get(tag) for tag in IN_NEED) else "social_care_referral"
    )
    yield Fact(
        "I",
        service,
        start.isoformat(),
        start,
        end or (None if further else start),
        category=cells.code("PrimaryNeedCode", codes.NEEDS),
        detail=_case_detail(case),
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def _case_detail(case: Group) -> dict[str, str]:
    cells = case.cells
    cells.code("ReferralSource", codes.REFERRAL_SOURCES)
    cells.code("ReasonForClosure", codes.CLOSURES)
    detail = cells.details({"referral_source": "ReferralSource", "reason_closed": "ReasonForClosure"})
    factors = [
        factor
        for assessment in case.inner.get("Assessments", [])
        for inner in assessment.get("FactorsIdentifiedAtAssessment", [])
        for name, factor in inner.items()
        if name.startswith("AssessmentFactors")
    ]
    assessed = [a.get("AssessmentActualStartDate", "") for a in case.inner.get("Assessments", [])]
    enquiries = [s.get("S47ActualStartDate", "") for s in case.inner.get("Section47", [])]
    plans = [p for p in case.inner.get("CINPlanDates", [])]
    extra = {
        "factors": ", ".join(dict.fromkeys(factors)),
        "assessed": max(assessed, default=""),
        "section_47": max(enquiries, default=""),
        "plan_started": max((p.get("CINPlanStartDate", "") for p in plans), default=""),
    }
    return {**detail, **{name: value for name, value in extra.items() if value}}


def _plans(case: Group, child: Cells) -> Iterator[Fact]:
    """Child protection plans, with the latest category of abuse."""
    for part in case.inner.get("ChildProtectionPlans", []):
        plan = _group(part, child)
        cells = plan.cells
        start, end = cells.needed_day("CPPstartDate"), cells.day("CPPendDate")
        if start and end and end < start:
            cells.problem("END_BEFORE_START", "CPPendDate")
        if cells.rejected or start is None:
            child.rejected = True
            continue
        yield _plan(plan, start, end)


def _plan(plan: Group, start: date, end: date | None) -> Fact:
    cells = plan.cells
    first, latest = (
        cells.code("InitialCategoryOfAbuse", codes.ABUSE),
        cells.code("LatestCategoryOfAbuse", codes.ABUSE),
    )
    reviews = [
        day
        for part in plan.inner.get("Reviews", [])
        for name, day in part.items()
        if name.startswith("CPPreviewDate")
    ]
    detail = cells.details(
        {"initial_category": "InitialCategoryOfAbuse", "previous_plans": "NumberOfPreviousCPP"}
    )
    if reviews:
        detail["last_review"] = max(reviews)
    return Fact(
        "I",
        "child_protection",
        start.isoformat(),
        start,
        end,
        category=latest or first,
        detail=detail,
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def _disability(row: RawRow, cells: Cells) -> Iterator[Fact]:
    found = [
        value.upper()
        for path, value in row.data.items()
        if path.startswith("ChildCharacteristics/Disabilities/Disability")
    ]
    if any(code not in codes.DISABILITIES for code in found):
        cells.problem("CODE_UNKNOWN", "Disability")
    found = [code for code in dict.fromkeys(found) if code != "NONE"]
    if found:
        yield Fact("O", "disability", "census", text=", ".join(found), module=row.module, row_no=row.row_no)


def _child_id(data: dict[str, str]) -> str:
    return values.ident(data.get("ChildIdentifiers/LAchildID", "")).replace("\n", " ")


CHILD = Module("Child", {"local_id": ("LAchildID",)}, ("local_id",), _child_id)
LAYOUTS = [Layout("cin_census", "the children in need census", (CHILD,), interpret, kind="xml")]
