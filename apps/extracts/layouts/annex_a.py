"""Ofsted Annex A: one workbook of eleven lists. It holds no names, and its eleventh list holds adults, who are never read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.core import values
from apps.core.clock import today
from apps.extracts.layouts import makers
from apps.extracts.layouts.annex_a_values import translated
from apps.extracts.layouts.base import BROKEN, Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.codes import RESPITE
from apps.extracts.layouts.identity import Person, merged, person_of
from apps.extracts.layouts.specs import Heading, InvolvementSpec, name_of, spellings

CHILD = {
    "local_id": ("Child Unique ID", "Child's Unique ID", "Unique Child ID", "Child Unique Identifier", "Child ID"),
    "dob": ("Date of Birth", "DOB", "Child's Date of Birth"),
    "sex": ("Gender", "Sex"),
    "ethnicity": ("Ethnicity", "Ethnic origin"),
}  # fmt: skip
STAFF = {"Team": "Allocated Team", "Worker": "Allocated Worker"}
DISABILITY = ("Does the Child have a Disability", "Does the child have a disability (Y/N)")
UASC = (
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
)
PLACED = "Start Date of Most Recent Placement"


@dataclass(frozen=True)
class Sheet:
    """One list: the involvement a row is, which headings tell the list from the others, and when the child was seen."""

    code: str
    involvement: InvolvementSpec
    required: tuple[Heading, ...]
    seen: Heading = ""
    seen_as: str = ""
    alone: str = ""
    others: tuple[Heading, ...] = ()
    undated: bool = False  # a care leaver is one without a day from which

    def headings(self) -> list[Heading]:
        """Every heading of the list that is not about the person."""
        spec = self.involvement
        used = [spec.start, spec.end, spec.category, *spec.detail.values(), self.seen, self.alone]
        return [heading for heading in (*used, *self.required, *self.others) if heading]


@dataclass(frozen=True)
class Referral(InvolvementSpec):
    """A step on the way into social care; ``step`` is its category and keeps its key apart from the other steps'."""

    service: str = "social_care_referral"
    start: Heading = ""
    step: str = ""
    one_day: bool = False
    over: str = ""  # the heading whose yes ends it on the day it began


SHEETS = (
    Sheet(
        "list_1",
        Referral(start="Date of Contact", step="Contact", detail={"Source": "Contact Source"}, one_day=True),
        ("Date of Contact",),
    ),
    Sheet(
        "list_2",
        InvolvementSpec(
            "early_help",
            start="Assessment start date",
            end="Assessment completion date",
            detail={"Assessed by": "Organisation completing assessment"},
        ),
        ("Assessment start date",),
    ),
    Sheet(
        "list_3",
        Referral(
            start="Date of Referral",
            step="Referral",
            detail={"Source": "Referral Source", **STAFF},
            over="Referral NFA?",
        ),
        ("Date of Referral",),
    ),
    Sheet(
        "list_4",
        Referral(
            start="Continuous Assessment Start Date",
            end="Continuous Assessment Date of Authorisation",
            step="Assessment",
            detail={"Seen during the assessment": "Child Seen During Continuous Assessment", **STAFF},
        ),
        ("Continuous Assessment Start Date",),
        others=(DISABILITY,),
    ),
    Sheet(
        "list_5",
        Referral(
            start="Strategy discussion initiating Section 47 Enquiry Start Date",
            end="Date of Initial Child Protection Conference",
            step="Section 47 enquiry",
            detail=STAFF,
            over="Was an Initial Child Protection Conference deemed unnecessary?",
        ),
        ("Strategy discussion initiating Section 47 Enquiry Start Date",),
        others=(DISABILITY,),
    ),
    Sheet(
        "list_6",
        InvolvementSpec(
            "child_in_need",
            start="CIN Start Date",
            end="CIN Closure Date",
            category="Primary Need Code",
            detail={"Case status": "Case Status", "Reason for closure": "Reason for Closure", **STAFF},
        ),
        ("CIN Start Date",),
        seen="Date Child Was Last Seen",
        others=(DISABILITY,),
    ),
    Sheet(
        "list_7",
        InvolvementSpec(
            "child_protection",
            start="Child Protection Plan Start Date",
            end="Child Protection Plan End Date",
            category="Latest Category of Abuse",
            detail={
                "initial_category": "Initial Category of Abuse",
                "previous_plans": "Number of Previous Child Protection Plans",
                "last_review": "Date of latest review conference",
                **STAFF,
            },
        ),
        ("Child Protection Plan Start Date",),
        seen="Date of the Last Statutory Visit",
        seen_as="Statutory visit",
        alone="Was the Child Seen Alone?",
        others=(DISABILITY,),
    ),
    Sheet(
        "list_8",
        InvolvementSpec(
            "looked_after",
            start="Date Started to be Looked After",
            end="Date Ceased to be Looked After",
            category="Child's Legal Status",
            detail={
                "need": "Child's Category of Need",
                "placement": "Placement Type",
                "provider": "Placement Provider",
                "placement_postcode": "Placement postcode",
                "placement_urn": "URN of Placement",
                "reason_ceased": "Reason Ceased to be Looked After",
                "unaccompanied_asylum_seeker": UASC,
                "last_review": "Date of Latest Statutory Review",
                "permanence_plan": "What is the permanence plan for this child?",
                "placements_last_12_months": "Number of Placements in the Last 12 months",
                **STAFF,
            },
        ),
        ("Date Started to be Looked After",),
        seen="Date of Last Social Work Visit",
        seen_as="Social work visit",
        others=(DISABILITY, PLACED),
    ),
    Sheet(
        "list_9",
        InvolvementSpec(
            "care_leaver",
            start="",
            category="Eligibility Category",
            detail={
                "in_touch": "LA in Touch",
                "activity": "Activity Status",
                "accommodation": "Type of Accommodation",
                "suitability": "Suitability of Accommodation",
                "last_contact": "Latest Date of Contact",
                "personal_advisor": "Allocated Personal Advisor",
                **STAFF,
            },
        ),
        ("Eligibility Category", "LA in Touch"),
        others=(DISABILITY,),
        undated=True,
    ),
    Sheet(
        "list_10",
        InvolvementSpec(
            "looked_after",
            start="Date the Child Entered Care",
            end="Date of Adoption Order",
            detail={
                "adoption_decided": "Date of Decision that Child Should be Placed for Adoption",
                "placement_order": "Date of Placement Order",
                "matched": "Date of Matching Child and Prospective Adopters",
                "placed_for_adoption": "Date Placed for Adoption",
                "adoption_no_longer": "Date of Decision that Child Should No Longer be Placed for Adoption",
                "reason_no_longer": "Reason Why Child No Longer Placed for Adoption",
            },
        ),
        ("Date the Child Entered Care", "Date of Decision that Child Should be Placed for Adoption"),
        others=(DISABILITY,),
    ),
)
BY_CODE = {sheet.code: sheet for sheet in SHEETS}


def _maker(spec: InvolvementSpec) -> makers.Maker:
    make = makers.involvement(spec)
    if not isinstance(spec, Referral):
        return make
    step, over, one_day = spec.step, spec.over, spec.one_day

    def step_of(cells: Cells) -> Fact | None:
        fact = make(cells)
        if fact is None:
            return None
        fact.key, fact.category = f"{step.lower()}:{fact.key}", step
        if fact.end_on is None and (one_day or cells.data.get(over) == "True"):
            fact.end_on = fact.start_on
        return fact

    return step_of


MAKERS = {sheet.code: _maker(sheet.involvement) for sheet in SHEETS if not sheet.undated}
LABELS = {
    **{name: headings[0] for name, headings in CHILD.items()},
    **{name_of(heading): name_of(heading) for sheet in SHEETS for heading in sheet.headings()},
}


def interpret(bundle: Bundle) -> Interpreted:
    """One child over all lists."""
    said: list[tuple[Cells, Person]] = []
    read: list[Cells] = []
    facts: list[Fact] = []
    for row in bundle.rows:
        cells = Cells(row, LABELS)
        cells.data = translated(cells)
        read.append(cells)
        sheet = BY_CODE.get(row.module.partition(" ")[0])
        if sheet is None:
            cells.problem("ADULTS", "local_id")
            continue
        found = list(_facts(sheet, cells))
        words = person_of(cells)
        if not cells.rejected:
            said.append((cells, words))
            facts += found
    person = merged(said) if said else None
    return Interpreted(person, _once(facts), [problem for cells in read for problem in cells.problems])


def _facts(sheet: Sheet, cells: Cells) -> Iterable[Fact]:
    if sheet.undated:
        yield _care_leaver(sheet, cells)
    else:
        start = name_of(sheet.involvement.start)
        if not cells.data.get(start):
            cells.problem("VALUE_MISSING", start)
        elif (fact := MAKERS[sheet.code](cells)) and fact.category not in RESPITE:
            yield fact
    yield from _seen(sheet, cells)
    yield from _observed(sheet, cells)


def _fact(cells: Cells, kind: str, code: str, key: str) -> Fact:
    return Fact(kind, code, key, module=cells.row.module, row_no=cells.row.row_no)  # type: ignore[arg-type]


def _care_leaver(sheet: Sheet, cells: Cells) -> Fact:
    spec = sheet.involvement
    detail = cells.details({name: name_of(heading) for name, heading in spec.detail.items()})
    return replace(
        _fact(cells, "I", "care_leaver", "annex_a"),
        category=cells.text(name_of(spec.category)),
        detail=detail,
    )


def _seen(sheet: Sheet, cells: Cells) -> Iterable[Fact]:
    """The day the child was last seen; one that is no date or still to come is left out with a warning."""
    on = name_of(sheet.seen) if sheet.seen else ""
    day = cells.day(on, "DATE_CHECK") if on else None
    if day is None:
        return
    if day > today():
        cells.problem("DATE_FUTURE", on)
        return
    alone = {"True": "Yes", "False": "No"}.get(cells.data.get(sheet.alone, ""), "")
    detail = {"Seen alone": alone} if alone else {}
    yield replace(
        _fact(cells, "S", "seen", f"{sheet.code}:{day.isoformat()}"),
        start_on=day,
        category=sheet.seen_as,
        detail=detail,
    )


def _observed(sheet: Sheet, cells: Cells) -> Iterable[Fact]:
    if cells.data.get(name_of(DISABILITY)) == "True":
        yield replace(_fact(cells, "O", "disability", "annex_a"), text="Yes")
    if sheet.code == "list_8" and (day := cells.day(PLACED, "DATE_CHECK")):
        yield replace(
            _fact(cells, "O", "placement", day.isoformat()), start_on=day, text=cells.text("Placement Type")
        )


def _once(facts: list[Fact]) -> list[Fact]:
    """A disability said in five lists is one; what List 10 says of a period of care belongs to that period."""
    found: dict[tuple[str, str, str], Fact] = {}
    again: list[Fact] = []
    for fact in facts:
        first = found.setdefault((fact.kind, fact.code, fact.key), fact)
        if first is fact:
            continue
        if fact.code == "looked_after" and fact.module.startswith("list_10"):
            first.detail = {**fact.detail, **first.detail}
            first.end_on = first.end_on or fact.end_on
        elif fact.code != "disability":
            again.append(fact)
    return [*found.values(), *again]


def _adult(data: dict[str, str]) -> str:
    """List 11 is about adopters: its rows are counted, and nothing of them is kept."""
    data.clear()
    data[BROKEN] = "ADULTS"
    return ""


def _child(data: dict[str, str]) -> str:
    return values.ident(data.pop("local_id", "")).replace("\n", " ")


def _module(sheet: Sheet) -> Module:
    headings = {**CHILD, **{name_of(heading): spellings(heading) for heading in sheet.headings()}}
    if isinstance(sheet.involvement, Referral):
        headings[sheet.involvement.over] = (sheet.involvement.over,)
        headings.pop("", None)
    return Module(sheet.code, headings, ("local_id", *map(name_of, sheet.required)), _child)


ADOPTERS = Module(
    "list_11",
    {
        "local_id": ("Individual adopter identifier",),
        "enquired": ("Date enquiry received",),
        "stage_1": ("Date Stage 1 started",),
    },
    ("local_id", "enquired", "stage_1"),
    _adult,
)
#: Without one of these every involvement it holds would end; List 10 only adds to List 8.
NEEDED = tuple(f"list_{number}" for number in range(1, 10))
MODULES = (*map(_module, SHEETS), ADOPTERS)
LAYOUTS = [Layout("annex_a", "the Annex A workbook", MODULES, interpret, needed=NEEDED)]
