"""School census: the tables of one COLLECT export, joined by table id to the pupil on roll."""

from collections import defaultdict
from datetime import date
from hashlib import md5

from apps.core import values
from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.census_counts import attendance, exclusions, meals, needs
from apps.extracts.layouts.identity import Person, merged, person_of

PUPIL = {
    "surname": ("surname",),
    "forename": ("forename",),
    "middle_names": ("middlenames",),
    "former_surname": ("formersurname",),
    "dob": ("dob",),
    "sex": ("sex", "gender", "gendercurrent"),
    "ethnicity": ("ethnicity",),
    "upn": ("upn",),
    "former_upn": ("formerupn",),
    "uln": ("uniquelearnernumber",),
    "postcode": ("postcode",),
    "school": ("NativeId", "urn", "laestab"),
    "entrydate": ("entrydate",),
    "possible": ("termlysessionspossible",),
}


def _pupil_id(data: dict[str, str]) -> str:
    """The UPN; a pupil who has none yet is known within the school by name and birth date, hashed."""
    if upn := data.get("upn"):
        return values.upn(upn)
    keys = (
        values.name_key(data.get("surname", "")),
        values.name_key(data.get("forename", "")),
        data.get("dob", ""),
    )
    if not data.get("school") or not all(keys):
        return ""
    return f"{data['school']}:{md5('|'.join(keys).encode(), usedforsecurity=False).hexdigest()[:12]}"


def _joined(
    code: str, columns: str, main: str = "pupilonrolltableid", may: str = "", also: str = ""
) -> Module:
    """A table that joins a pupil: the columns it is known by, those it may have, and the id of its own that tells it from its like."""
    names = (main, *columns.split(), *may.split(), *also.split())
    headings: dict[str, tuple[str, ...]] = {name: (name,) for name in names}
    if "reason1" in headings:
        headings["reason1"] = ("reason1", "reason")
    return Module(code, headings, (main, *columns.split(), *also.split()), "", main)


LEFT = "pupilnolongeronrolltableid"
HOUSE = "saon paon street locality town uniquepropertyreferencenumber"
REASONS = "reason1 reason2 reason3"


MODULES = (
    Module(
        "pupilonroll",
        {
            **PUPIL,
            "pupilonrolltableid": ("pupilonrolltableid",),
            "enrolstatus": ("enrolstatus",),
            "ncyearactual": ("ncyearactual",),
            "senprovision": ("senprovision",),
            "youngcarer": ("youngcarer",),
            "plaa": ("plaa",),
            "parttime": ("parttime",),
        },
        ("pupilonrolltableid", "school", "upn", "dob", "entrydate", "enrolstatus"),
        _pupil_id,
        "pupilonrolltableid",
    ),
    Module(
        "pupilnolongeronroll",
        {
            **PUPIL,
            "pupilnolongeronrolltableid": ("pupilnolongeronrolltableid",),
            "leavingdate": ("leavingdate",),
        },
        ("pupilnolongeronrolltableid", "school", "upn", "dob", "leavingdate"),
        _pupil_id,
        "pupilnolongeronrolltableid",
    ),
    _joined("termlysessiondetailsonroll", "sessions attendancereason"),
    _joined("senneeds", "sentyperank sentype"),
    _joined("termlyexclusionsonroll", "startdate sessions category", may=REASONS),
    _joined("addressesonroll", "postcode", may=HOUSE),
    _joined("fsmperiodsonroll", "fsmstartdate fsmenddate", may="ukcountry"),
    # the summer half term after the count, and pupils who have left: read, and of the half term nothing is kept
    _joined("summerhalfterm2sessiondetailsonroll", "sessions attendancereason",
            also="summerhalfterm2sessiondetailsonrolltableid"),
    _joined("termlysessiondetailsoffroll", "sessions attendancereason", LEFT),
    _joined("summerhalfterm2sessiondetailsoffroll", "sessions attendancereason", LEFT,
            also="summerhalfterm2sessiondetailsoffrolltableid"),
    _joined("termlyexclusionsoffroll", "startdate sessions category", LEFT, may=REASONS),
    _joined("addressesoffroll", "postcode", LEFT, may=HOUSE),
    _joined("schoolarrangedap", "entrydate apsettingtype", may="urn leavingdate placementreason apattendancepattern"
            " apsessionsperweek ukprn companynumber applacementpostcode"),
)  # fmt: skip
LABELS = {field: headings[0] for module in MODULES for field, headings in module.headings.items()}
LABELS["address"] = "street"  # what an address of several columns is named by
PUPIL_MODULES = ("pupilonroll", "pupilnolongeronroll")
ADDRESSES = ("addressesonroll", "addressesoffroll")
CARER_SAID_BY = {"P": "parent", "S": "school"}
HELP = {"K": "sen_support", "A": "sen_support", "P": "sen_support", "E": "ehcp", "S": "ehcp"}


def interpret(bundle: Bundle) -> Interpreted:
    """One pupil: enrolments, needs, attendance and exclusions; the words of a school they are on roll of count before others."""
    tables: dict[str, list[Cells]] = defaultdict(list)
    for row in bundle.rows:
        tables[row.module.partition(" ")[0]].append(Cells(row, LABELS))
    facts = _on_roll(tables["pupilonroll"]) + _left(tables["pupilnolongeronroll"])
    facts += exclusions(tables["termlyexclusionsonroll"] + tables["termlyexclusionsoffroll"])
    facts += meals(tables["fsmperiodsonroll"]) + _alternative(tables["schoolarrangedap"])
    facts += attendance(tables["pupilonroll"], tables["termlysessiondetailsonroll"])
    facts += needs(tables["senneeds"])
    said = [(cells, person_of(cells)) for module in PUPIL_MODULES for cells in tables[module]]
    said += [(cells, _home(cells)) for table in ADDRESSES for cells in tables[table]]
    said = [(cells, words) for cells, words in said if not cells.rejected]
    rejected = {
        (cells.row.module, cells.row.row_no) for rows in tables.values() for cells in rows if cells.rejected
    }
    if rejected:
        facts = [fact for fact in facts if (fact.module, fact.row_no) not in rejected]
    person = merged(said) if said else None
    return Interpreted(
        person, facts, [problem for rows in tables.values() for cells in rows for problem in cells.problems]
    )


def _home(cells: Cells) -> Person:
    """The home address, on one line where the table gives more than the postcode."""
    parts = {name: cells.text(name) for name in ("saon", "paon", "street", "locality", "town")}
    house = " ".join(filter(None, (parts["paon"], parts["street"])))
    cells.data["address"] = ", ".join(filter(None, (parts["saon"], house, parts["locality"], parts["town"])))
    return person_of(cells)


def _on_roll(pupils: list[Cells]) -> list[Fact]:
    facts: list[Fact] = []
    for cells in pupils:
        start = cells.day("entrydate")
        facts.append(_enrolment(cells, start, None, cells.code("enrolstatus", codes.ENROLMENTS)))
        facts += _census_help(cells)
    return facts


def _enrolment(cells: Cells, start: date | None, end: date | None, status: str) -> Fact:
    """A place at a school: its key is school and entry date, because a pupil may leave and come back."""
    school = cells.ident("school")
    if not school:
        cells.problem("VALUE_MISSING", "school")
    detail = {}
    if "ncyearactual" in cells.data:
        detail["year_group"] = cells.code("ncyearactual", codes.YEAR_GROUPS).removesuffix(".0")
    return Fact(
        "I",
        "school_roll",
        f"{school}/{start.isoformat() if start else ''}",
        start,
        end,
        setting_ref=school,
        category=status,
        detail=detail,
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def _alternative(rows: list[Cells]) -> list[Fact]:
    """Alternative provision the school arranged: where the child is taught instead, while they stay on its roll."""
    facts = []
    for cells in rows:
        start, end = cells.span("entrydate", "leavingdate")
        if start is None:
            continue
        facts.append(
            Fact(
                "O", "education_status", f"ap/{start.isoformat()}", start, end, text="Alternative provision",
                detail=cells.details({"Setting (URN)": "urn", "Kind": "apsettingtype", "Reason": "placementreason"}),
                module=cells.row.module, row_no=cells.row.row_no,
            )
        )  # fmt: skip
    return facts


def _census_help(cells: Cells) -> list[Fact]:
    """What the census ticks for a pupil without saying since when."""
    facts = []
    if "senprovision" in cells.data:
        provision = cells.code("senprovision", codes.SEN_PROVISIONS)
        if service := HELP.get(provision):
            facts.append(_ticked(cells, service, provision))
    if said_by := CARER_SAID_BY.get(cells.data.get("youngcarer", "").upper()):
        facts.append(_ticked(cells, "young_carer", f"identified by {said_by}"))
    return facts


def _ticked(cells: Cells, service: str, category: str) -> Fact:
    return Fact("I", service, "census", category=category, module=cells.row.module, row_no=cells.row.row_no)


def _left(pupils: list[Cells]) -> list[Fact]:
    facts = []
    for cells in pupils:
        start, end = cells.span("entrydate", "leavingdate")
        if end is None and not cells.rejected:
            cells.problem("VALUE_MISSING", "leavingdate")
        facts.append(_enrolment(cells, start, end, ""))
    return facts


LAYOUTS = [Layout("school_census", "the school census", MODULES, interpret)]
