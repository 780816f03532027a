"""Family Context extracts: one row a child and service, with who to ask and when they last met."""

from collections.abc import Callable, Mapping
from datetime import date

from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import merged, person_of

PERSON = {
    "local_id": ("Cms Id",),
    "forename": ("First Name",),
    "surname": ("Last Name",),
    "dob": ("Date Of Birth",),
    "sex": ("Gender",),
    "address": ("Address",),
}
DATES = {
    "status": ("Service Involvement",),
    "interaction": ("Date Of Most Recent Interaction",),
    "start": ("Start Date Of Last Involvement",),
    "covered": ("Coverage End Date",),
}
CSC = {
    **PERSON,
    **DATES,
    "organisation": ("Local Authority Organisation",),
    "contact": ("Contact Name",),
    "role": ("Contact Role",),
    "phone": ("Contact Phone",),
    "email": ("Contact Email",),
}
EDUCATION = {
    **PERSON,
    **DATES,
    "school": ("School Name",),
    "phone": ("Contact Number",),
    "admission": ("Admission Type",),
}
REQUIRED = ("local_id", "forename", "surname", "dob", "status", "start")


def _layout(
    code: str, title: str, headings: Mapping[str, tuple[str, ...]], own: str, make: Callable[..., Fact]
) -> Layout:
    labels = {field: spellings[0] for field, spellings in headings.items()}

    def interpret(bundle: Bundle) -> Interpreted:
        read = [Cells(row, labels) for row in bundle.rows]
        said, facts = [], []
        for cells in read:
            words, fact = person_of(cells), _involvement(cells, make)
            if not cells.rejected:
                said.append((cells, words))
                facts += [fact] if fact else []
        return Interpreted(
            merged(said) if said else None, facts, [problem for cells in read for problem in cells.problems]
        )

    return Layout(code, title, (Module(code, headings, (*REQUIRED, own), "local_id"),), interpret)


def _involvement(cells: Cells, make: Callable[..., Fact]) -> Fact | None:
    """Current is open. Historic ended by the last interaction.

    Where that is before the start, it ended by the end of what the file covers.
    """
    start, met, covered = (
        cells.day("start"),
        cells.day("interaction", "DATE_CHECK"),
        cells.day("covered", "DATE_CHECK"),
    )
    status = cells.text("status").lower()
    if status not in ("current", "historic"):
        cells.problem("INVOLVEMENT_UNSPECIFIED", "status")
        return None
    if start is None:
        if not cells.rejected:
            cells.problem("VALUE_MISSING", "start")
        return None
    if met and met < start:
        cells.problem("DATE_ORDER", "interaction")
    end = None if status == "current" else _ended(start, met, covered)
    return make(cells, start, end)


def _ended(start: date, met: date | None, covered: date | None) -> date:
    if met and met >= start:
        return met
    return max(start, covered) if covered else start


def _csc(cells: Cells, start: date, end: date | None) -> Fact:
    detail = cells.details(
        {
            "organisation": "organisation",
            "contact_name": "contact",
            "contact_role": "role",
            "contact_phone": "phone",
            "contact_email": "email",
            "last_interaction": "interaction",
        }
    )
    return Fact(
        "I",
        "social_worker",
        start.isoformat(),
        start,
        end,
        category=cells.text("role"),
        detail=detail,
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def _education(cells: Cells, start: date, end: date | None) -> Fact:
    detail = cells.details({"contact_phone": "phone", "last_interaction": "interaction"})
    return Fact(
        "I",
        "school_roll",
        start.isoformat(),
        start,
        end,
        setting_ref=cells.text("school", 200),
        category=cells.text("admission"),
        detail=detail,
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


LAYOUTS = [
    _layout("family_context_csc", "the Family Context extract of social care", CSC, "organisation", _csc),
    _layout(
        "family_context_education", "the Family Context extract of education", EDUCATION, "school", _education
    ),
]
