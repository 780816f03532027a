"""Children in need census: one XML element a child, in the layouts of every year from 2021 to 2026."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from apps.core import values
from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module, RawRow
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import Person, merged, person_of

LABELS = {
    "local_id": "LAchildID",
    "dob": "PersonBirthDate",
    "expected": "ExpectedPersonBirthDate",
    "died_on": "PersonDeathDate",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "upn": "UPN",
    "former_upn": "FormerUPN",
}
#: Where the census keeps what a person is; the first that is there counts (the sex was GenderCurrent until 2023).
PERSON = {
    "dob": ("ChildIdentifiers/PersonBirthDate",),
    "expected": ("ChildIdentifiers/ExpectedPersonBirthDate",),
    "died_on": ("ChildIdentifiers/PersonDeathDate",),
    "sex": ("ChildIdentifiers/Sex", "ChildIdentifiers/GenderCurrent", "ChildIdentifiers/PersonGenderCurrent"),
    "upn": ("ChildIdentifiers/UPN",),
    "former_upn": ("ChildIdentifiers/FormerUPN",),
    "ethnicity": ("ChildCharacteristics/Ethnicity",),
}
#: What only a child in need has, beyond a referral and its assessment.
IN_NEED = ("CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
YES = frozenset({"1", "true"})


@dataclass(slots=True)
class Part:
    """An element: the texts directly in it by name, and the elements inside it by name."""

    texts: dict[str, str] = field(default_factory=dict)
    inner: dict[str, list["Part"]] = field(default_factory=dict)

    def all(self, tag: str) -> list["Part"]:
        """The elements of one name, in order."""
        return self.inner.get(tag, [])

    def repeated(self, tag: str) -> list[str]:
        """The texts of a repeated element."""
        return [text for name, text in self.texts.items() if name.partition("[")[0] == tag]


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
    found = {name: next((data[path] for path in paths if path in data), "") for name, paths in PERSON.items()}
    return {name: value for name, value in found.items() if value}


def parts_of(data: dict[str, str]) -> Part:
    """Paths such as ``CINdetails[2]/ChildProtectionPlans/CPPstartDate`` as parts within parts."""
    root = Part()
    for path, value in data.items():
        *above, leaf = path.split("/")
        at = root
        for step in above:
            tag, _, number = step.rstrip("]").partition("[")
            same = at.inner.setdefault(tag, [])
            same.extend(Part() for _missing in range(int(number or 1) - len(same)))
            at = same[int(number or 1) - 1]
        at.texts[leaf] = value
    return root


def _cells(part: Part, child: Cells) -> Cells:
    """The texts of a part as cells that note their problems with the child's row."""
    found = Cells(RawRow(child.row.module, child.row.row_no, part.texts), {})
    found.problems = child.problems
    return found


def _cases(row: RawRow, child: Cells) -> Iterator[Fact]:
    for case in parts_of(row.data).all("CINdetails"):
        cells = _cells(case, child)
        if fact := _case(case, cells):
            yield fact
        child.rejected = child.rejected or cells.rejected
        for plan in case.all("ChildProtectionPlans"):
            cells = _cells(plan, child)
            if fact := _plan(plan, cells):
                yield fact
            child.rejected = child.rejected or cells.rejected


def _span(cells: Cells, start: str, end: str) -> tuple[date | None, date | None]:
    """A first day that has to be there and a last one."""
    cells.needed_day(start)
    return (None, None) if cells.rejected else cells.span(start, end)


def _case(case: Part, cells: Cells) -> Fact | None:
    """A referral; a child in need where there is more than its assessment and it did not end with no further action."""
    start, end = _span(cells, "CINreferralDate", "CINclosureDate")
    if start is None or cells.rejected:
        return None
    further = cells.text("ReferralNFA").lower() not in YES
    service = "child_in_need" if further and any(map(case.all, IN_NEED)) else "social_care_referral"
    return Fact(
        "I",
        service,
        start.isoformat(),
        start,
        end or (None if further else start),
        category=cells.code("PrimaryNeedCode", codes.NEEDS),
        detail=_case_detail(case, cells),
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def _case_detail(case: Part, cells: Cells) -> dict[str, str]:
    cells.code("ReferralSource", codes.REFERRAL_SOURCES)
    cells.code("ReasonForClosure", codes.CLOSURES)
    assessments = case.all("Assessments")
    factors = [
        factor
        for assessment in assessments
        for inner in assessment.all("FactorsIdentifiedAtAssessment")
        for factor in inner.repeated("AssessmentFactors")
    ]
    extra = {
        "factors": ", ".join(dict.fromkeys(factors)),
        "assessed": _latest(assessments, "AssessmentActualStartDate"),
        "section_47": _latest(case.all("Section47"), "S47ActualStartDate"),
        "conference": _latest(case.all("Section47"), "DateOfInitialCPC")
        or case.texts.get("DateOfInitialCPC", ""),
        "plan_started": _latest(case.all("CINPlanDates"), "CINPlanStartDate"),
        # since 2026
        "pre_proceedings_started": _latest(case.all("PreProceedingsandFGDM"), "PPStartDate"),
    }
    detail = cells.details({"referral_source": "ReferralSource", "reason_closed": "ReasonForClosure"})
    return detail | {name: value for name, value in extra.items() if value}


def _latest(parts: list[Part], field: str) -> str:
    return max((part.texts.get(field, "") for part in parts), default="")


def _plan(plan: Part, cells: Cells) -> Fact | None:
    """A child protection plan, with the latest category of abuse."""
    start, end = _span(cells, "CPPstartDate", "CPPendDate")
    if start is None or cells.rejected:
        return None
    first = cells.code("InitialCategoryOfAbuse", codes.ABUSE)
    latest = cells.code("LatestCategoryOfAbuse", codes.ABUSE)
    reviews = [day for part in plan.all("Reviews") for day in part.repeated("CPPreviewDate")]
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


CHILD = Module(
    "Child",
    {"local_id": ("LAchildID",), "ChildIdentifiers/UPN": ("UPN",)},
    ("local_id",),
    _child_id,
)
LAYOUTS = [Layout("cin_census", "the children in need census", (CHILD,), interpret, kind="xml")]
