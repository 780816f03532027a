"""Cohort and class lists of the NHS: children by NHS number, the school they are said to attend, and no dates."""

import re
from dataclasses import replace

from apps.core import values
from apps.extracts.layouts.base import BROKEN, Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import Person, merged, person_of
from apps.extracts.layouts.named import named_id

HEADINGS = {
    "nhs_number": ("CHILD_NHS_NUMBER", "NHS_NUMBER"),
    "surname": ("CHILD_LAST_NAME", "FAMILY_NAME"),
    "forename": ("CHILD_FIRST_NAME", "GIVEN_NAME"),
    "middle_names": ("OTHER_GIVEN_NAME",),
    "known_as": ("CHILD_PREFERRED_FIRST_NAME", "CHILD_PREFERRED_GIVEN_NAME"),
    "dob": ("CHILD_DATE_OF_BIRTH", "DATE_OF_BIRTH"),
    "died_on": ("DATE_OF_DEATH",),
    "sex": ("CHILD_GENDER", "GENDER (FHIR)", "GENDER"),
    "line_1": ("CHILD_ADDRESS_LINE_1", "ADDRESS_LINE_1"),
    "line_2": ("CHILD_ADDRESS_LINE_2", "ADDRESS_LINE_2"),
    "line_3": ("CHILD_TOWN", "ADDRESS_LINE_3"),
    "line_4": ("ADDRESS_LINE_4",),
    "line_5": ("ADDRESS_LINE_5",),
    "postcode": ("CHILD_POSTCODE", "POST_CODE"),
    "school": ("CHILD_SCHOOL_URN",),
    "year_group": ("CHILD_YEAR_GROUP",),
    "class": ("CHILD_REGISTRATION",),
    "sensitive": ("SENSITIVE_FLAG",),
}
LABELS = {field: headings[0] for field, headings in HEADINGS.items()} | {"address": "CHILD_ADDRESS_LINE_1"}
LINES = ("line_1", "line_2", "line_3", "line_4", "line_5")
#: Stand where a URN would: nobody knows the school, the child is taught at home.
NOT_KNOWN, AT_HOME = "888888", "999999"
URN = re.compile(r"[0-9]{5,7}", re.ASCII)


def _local_id(data: dict[str, str]) -> str:
    """The NHS number; without a right one, a hash of school, names and birth date, so that the child is not lost."""
    number = values.nhs_number(data.get("nhs_number", ""))
    if values.nhs_number_valid(number):
        return number
    found = named_id(
        data.get("surname", ""), data.get("forename", ""), data.get("dob", ""), data.get("school", "")
    )
    if not found:
        data[BROKEN] = "NO_IDENTITY"
    return found


def _instructions(data: dict[str, str]) -> bool:
    """Whether a first row says what belongs in the columns, as the template's second row does."""
    said = [text.lower() for text in data.values()]
    return bool(said) and all(text.startswith(("required", "optional")) for text in said)


def interpret(bundle: Bundle) -> Interpreted:
    """One child; each row may name a school."""
    said: list[tuple[Cells, Person]] = []
    facts: list[Fact] = []
    read: list[Cells] = []
    hidden = False
    for row in bundle.rows:
        row.data["address"] = ", ".join(text for line in LINES if (text := row.data.get(line)))
        cells = Cells(row, LABELS)
        read.append(cells)
        for field in ("surname", "forename", "dob"):
            if not row.data.get(field):
                cells.problem("VALUE_MISSING", field)
        words = person_of(cells)
        found = _attends(cells)
        if not cells.rejected:
            said.append((cells, words))
            facts += found
            hidden = hidden or bool(row.data.get("sensitive"))
    person = merged(said) if said else None
    return Interpreted(person, facts, [problem for cells in read for problem in cells.problems], hidden)


def _attends(cells: Cells) -> list[Fact]:
    """The school the list names; a stand-in for one is no roll."""
    school = cells.ident("school")
    row = Fact("I", "school_roll", school, module=cells.row.module, row_no=cells.row.row_no)
    if school == AT_HOME:
        return [replace(row, kind="O", code="education_status", key="cohort", text="Home educated")]
    if school == NOT_KNOWN:
        cells.problem("SCHOOL_UNKNOWN", "school")
    elif school and not URN.fullmatch(school):
        cells.problem("URN_WRONG", "school")
    elif school:
        return [
            replace(
                row, setting_ref=school, detail=cells.details({"year_group": "year_group", "Class": "class"})
            )
        ]
    return []


MODULE = Module("cohort", HEADINGS, ("surname", "forename", "dob"), _local_id, notes=_instructions)
LAYOUTS = [Layout("nhs_cohort", "an NHS cohort or class list", (MODULE,), interpret)]
