"""School census: the tables of one COLLECT export, joined by table id to the pupil on roll."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from hashlib import md5

from apps.core import values
from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
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


def _joined(code: str, columns: str, main: str = "pupilonrolltableid") -> Module:
    headings = {main: (main,), **{name: (name,) for name in columns.split()}}
    return Module(code, headings, (main, *columns.split()), "", main)


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
    _joined("termlyexclusionsonroll", "startdate sessions category"),
    Module(
        "addressesonroll",
        {
            name: (name,)
            for name in ("pupilonrolltableid", "postcode", "saon", "paon", "street", "locality", "town")
        },
        ("pupilonrolltableid", "postcode"),
        "",
        "pupilonrolltableid",
    ),
)
LABELS = {field: headings[0] for module in MODULES for field, headings in module.headings.items()}
PUPIL_MODULES = ("pupilonroll", "pupilnolongeronroll")
CARER_SAID_BY = {"P": "parent", "S": "school"}
HELP = {"K": "sen_support", "A": "sen_support", "P": "sen_support", "E": "ehcp", "S": "ehcp"}
ZERO = Decimal(0)
MOST_SESSIONS = Decimal(400)


def interpret(bundle: Bundle) -> Interpreted:
    """One pupil: enrolments, needs, attendance and exclusions; the words of a school they are on roll of count before others."""
    tables: dict[str, list[Cells]] = defaultdict(list)
    for row in bundle.rows:
        tables[row.module.partition(" ")[0]].append(Cells(row, LABELS))
    facts = _on_roll(tables["pupilonroll"]) + _left(tables["pupilnolongeronroll"])
    facts += _exclusions(tables["termlyexclusionsonroll"])
    facts += _attendance(tables["pupilonroll"], tables["termlysessiondetailsonroll"])
    facts += _needs(tables["senneeds"])
    said = [(cells, person_of(cells)) for module in PUPIL_MODULES for cells in tables[module]]
    said += [(cells, _home(cells)) for cells in tables["addressesonroll"]]
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


def _exclusions(rows: list[Cells]) -> list[Fact]:
    """Suspensions (also of lunchtimes) and permanent exclusions; two on one day are told apart by their order."""
    facts: list[Fact] = []
    days: dict[str, int] = defaultdict(int)
    for cells in rows:
        day, category = cells.needed_day("startdate"), cells.code("category", codes.EXCLUSIONS)
        sessions = cells.number("sessions", ZERO, MOST_SESSIONS)
        if day is None:
            continue
        measure = "permanent_exclusion" if category == "PERM" else "suspension"
        key = f"{measure}/{day.isoformat()}"
        days[key] += 1
        key = day.isoformat() if days[key] == 1 else f"{day.isoformat()}/{days[key]}"
        facts.append(
            Fact(
                "O",
                measure,
                key,
                day,
                value=sessions,
                category=category,
                module=cells.row.module,
                row_no=cells.row.row_no,
            )
        )
    return facts


def _needs(rows: list[Cells]) -> list[Fact]:
    """The need of the first rank, the others beside it."""
    ranked = sorted(
        rows,
        key=lambda cells: (
            values.parse_number(cells.data.get("sentyperank", "")) or Decimal(99),
            cells.row.row_no,
        ),
    )
    if not ranked:
        return []
    first = ranked[0]
    others = ", ".join(cells.text("sentype", 40).upper() for cells in ranked[1:])
    return [
        Fact(
            "O",
            "sen_need",
            "census",
            text=first.code("sentype", codes.SEN_TYPES),
            detail={"others": others} if others else {},
            module=first.row.module,
            row_no=first.row.row_no,
        )
    ]


def _attendance(pupils: list[Cells], sessions: list[Cells]) -> list[Fact]:
    """Percent of possible sessions attended in the term: possible less absences, which is what a census holds."""
    if not pupils or not (possible := pupils[0].number("possible", ZERO, MOST_SESSIONS)):
        return []
    missed = _missed(sessions)
    cells = sessions[0] if sessions else pupils[0]
    if missed > possible:
        cells.problem("NUMBER_RANGE", "sessions")
        return []
    percent = ((possible - missed) / possible * 100).quantize(Decimal("0.1"))
    return [
        Fact(
            "O",
            "attendance",
            "census",
            value=percent,
            detail={"possible": f"{possible.normalize():f}", "missed": f"{missed.normalize():f}"},
            module=cells.row.module,
            row_no=cells.row.row_no,
        )
    ]


def _missed(sessions: Iterable[Cells]) -> Decimal:
    missed = ZERO
    for cells in sessions:
        code = cells.text("attendancereason", 40).upper()
        if code in codes.AUTHORISED or code in codes.UNAUTHORISED:
            missed += cells.number("sessions", ZERO, MOST_SESSIONS) or ZERO
        elif code not in codes.PRESENT and code not in codes.NOT_COUNTED:
            cells.problem("CODE_UNKNOWN", "attendancereason")
    return missed


LAYOUTS = [Layout("school_census", "the school census", MODULES, interpret)]
