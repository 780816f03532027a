"""SEN2, the return on education, health and care plans: nine tables of one COLLECT export, joined step by step to the person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from apps.core import values
from apps.core.clock import today
from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import merged, person_of
from apps.extracts.layouts.named import named_id

PERSON = {
    "persontableid": ("persontableid",),
    "surname": ("surname",),
    "forename": ("forename",),
    "dob": ("personbirthdate",),
    "sex": ("sex", "gendercurrent"),
    "ethnicity": ("ethnicity",),
    "postcode": ("postcode",),
    "upn": ("upn",),
    "uln": ("uniquelearnernumber",),
    "upnunknown": ("upnunknown",),
}
CEASED = {
    "1": "Reached the maximum age", "2": "Needs met without a plan", "3": "Moved to higher education",
    "4": "Moved to paid employment", "5": "Transferred to another authority", "6": "No longer wishes to be in education",
    "7": "Moved outside England", "8": "Died", "9": "Other",
}  # fmt: skip
SETTINGS = {
    "OLA": "Other arrangements by the authority", "OPA": "Other arrangements by parents", "EHE": "Home educated",
    "EYP": "Early years provider", "OTH": "Other", "NEET": "Not in education, employment or training",
    "NIEC": "Not in education, of compulsory school age", "NIEO": "Not in education, other",
}  # fmt: skip
#: Of these the page says that the child is at no school.
OUTSIDE = ("EHE", "NEET", "NIEC", "NIEO", "OLA", "OPA")


class Plan(NamedTuple):
    """A named plan with the places of its tables: which of the child's requests it came of."""

    cells: Cells
    start: date
    end: date | None
    place: str
    request: str


def _person_id(data: dict[str, str]) -> str:
    """The UPN, else the ULN, else a hash of names and birth date: table ids are new in every export."""
    if upn := values.upn(data.get("upn", "")):
        return upn
    if uln := values.ident(data.get("uln", "")):
        return uln
    return named_id(data.get("surname", ""), data.get("forename", ""), data.get("dob", ""))


def _table(code: str, parent: str, own: str, columns: str, required: str) -> Module:
    names = dict.fromkeys((parent, *([own] if own else []), *columns.split()))
    return Module(code, {name: (name,) for name in names}, (parent, *required.split()), "", parent, own)


SETTING = "urn ukprn sensetting sensettingother placementrank senunitindicator resourcedprovisionindicator"
MODULES = (
    Module("person", PERSON, ("persontableid", "surname", "forename", "dob"), _person_id, "persontableid"),
    _table("requests", "persontableid", "requeststableid",
           "receiveddate requestsource rya requestoutcomedate requestoutcome", "requeststableid receiveddate"),
    _table("assessment", "requeststableid", "assessmenttableid", "assessmentoutcome assessmentoutcomedate week20",
           "assessmenttableid assessmentoutcome"),
    _table("namedplan", "assessmenttableid", "namedplantableid", "startdate planres planwbp pb oa dp ceasedate ceasereason",
           "namedplantableid startdate"),
    _table("plandetail", "namedplantableid", "", SETTING, "sensetting"),
    _table("activeplans", "requeststableid", "activeplanstableid",
           "transferla res wbp reviewmeeting reviewoutcome lastreview phasetransferduedate", "activeplanstableid transferla"),
    _table("placementdetail", "activeplanstableid", "", f"{SETTING} entrydate leavingdate attendancepattern res wbp",
           "sensetting entrydate"),
    _table("senneed", "activeplanstableid", "", "sentype sentyperank rank senneedrank", "sentype"),
    # one row about the return itself
    Module("sen2", {name: (name,) for name in ("sen2tableid", "collection", "year", "referencedate", "lea")},
           ("sen2tableid", "collection"), "sen2tableid", notes=lambda data: True),
)  # fmt: skip
LABELS = {field: headings[0] for module in MODULES for field, headings in module.headings.items()}


def interpret(bundle: Bundle) -> Interpreted:
    """One person: their plans with where they are taught, what they need, and whether they are at no school."""
    tables: dict[str, list[Cells]] = defaultdict(list)
    for row in bundle.rows:
        tables[row.module.partition(" ")[0]].append(Cells(row, LABELS))
    said = [(cells, person_of(cells)) for cells in tables["person"]]
    facts = [*_plans(tables), *_needs(tables["senneed"]), *_outside(tables["placementdetail"])]
    rejected = {
        (cells.row.module, cells.row.row_no) for rows in tables.values() for cells in rows if cells.rejected
    }
    said = [(cells, words) for cells, words in said if not cells.rejected]
    return Interpreted(
        merged(said) if said else None,
        [fact for fact in facts if (fact.module, fact.row_no) not in rejected],
        [problem for rows in tables.values() for cells in rows for problem in cells.problems],
    )


def _plans(tables: dict[str, list[Cells]]) -> Iterable[Fact]:
    named = [plan for cells in tables["namedplan"] if (plan := _plan(cells, tables["assessment"]))]
    active = {cells.data.get("requeststableid", ""): cells for cells in tables["activeplans"]}
    seen: dict[str, int] = defaultdict(int)
    for number, plan in enumerate(named, 1):
        seen[plan.start.isoformat()] += 1
        key = plan.start.isoformat() + (
            f"/{seen[plan.start.isoformat()]}" if seen[plan.start.isoformat()] > 1 else ""
        )
        yield _row(
            plan.cells, "ehcp", key, start_on=plan.start, end_on=plan.end,
            category=_first_need(tables["senneed"]),
            detail=_detail(plan, "" if number == 1 else str(number), tables, active.pop(plan.request, None)),
        )  # fmt: skip
    for request, cells in active.items():
        # A plan from before the first return is only among those that are active
        key = "sen2" + (f"/{request}" if request else "")
        yield _row(cells, "ehcp", key, category=_first_need(tables["senneed"]), detail=_active(cells, tables))


def _row(cells: Cells, code: str, key: str, **said: object) -> Fact:
    fact = Fact("I", code, key, module=cells.row.module, row_no=cells.row.row_no)
    return replace(fact, **said)  # type: ignore[arg-type]


def _plan(cells: Cells, assessments: list[Cells]) -> Plan | None:
    start = cells.needed_day("startdate")
    end = cells.day("ceasedate")
    if start and end and end < start:
        cells.problem("END_BEFORE_START", "ceasedate")
    if start and start > today():
        cells.problem("DATE_TO_COME", "startdate")
    if cells.rejected or start is None:
        return None
    place = cells.data.get("assessmenttableid", "")
    position = int(place) - 1 if place.isdecimal() and len(place) < 6 else 0
    request = assessments[position].data.get("requeststableid", "") if position < len(assessments) else ""
    return Plan(cells, start, end, place, request)


def _detail(plan: Plan, number: str, tables: dict[str, list[Cells]], active: Cells | None) -> dict[str, str]:
    found: dict[str, str] = {}
    reason = values.ident(plan.cells.text("ceasereason", 40))
    if reason:
        found["Reason ceased"] = CEASED.get(reason, reason)
        if reason not in CEASED:
            plan.cells.problem("CODE_UNKNOWN", "ceasereason")
    named = [cells for cells in tables["plandetail"] if cells.data.get("namedplantableid", "") == number]
    if where := _where(named):
        found["Setting named in the plan"] = where
    if values.is_yes(plan.cells.data.get("pb", "")):
        found["Personal budget"] = "Yes"
    return found | (_active(active, tables) if active else {})


def _active(cells: Cells, tables: dict[str, list[Cells]]) -> dict[str, str]:
    """What the list of active plans adds: the last review, and where the child is placed now."""
    found = cells.details({"Transferred from": "transferla"})
    reviewed = cells.day("reviewmeeting", "DATE_CHECK") or cells.day("lastreview", "DATE_CHECK")
    if reviewed:
        found["Last reviewed"] = reviewed.isoformat()
    order = tables["activeplans"].index(cells)
    mine = "" if order == 0 else str(order + 1)
    placed = [each for each in tables["placementdetail"] if each.data.get("activeplanstableid", "") == mine]
    current = [each for each in placed if not each.data.get("leavingdate")] or placed
    if where := _where(current):
        found["Main setting (URN)"] = where
    if current and (entered := current[0].day("entrydate", "DATE_CHECK")):
        found["There since"] = entered.isoformat()
    return found


def _where(rows: list[Cells]) -> str:
    """The setting of the first rank: its URN, or in words what stands where there is none."""
    ranked = sorted(rows, key=lambda cells: (_rank(cells, "placementrank"), cells.row.row_no))
    if not ranked:
        return ""
    first = ranked[0]
    if urn := first.ident("urn"):
        return urn
    code = first.code("sensetting", SETTINGS)
    return SETTINGS.get(code, code) or first.text("sensettingother", 200)


def _rank(cells: Cells, *fields: str) -> str:
    said = next((text for field in fields if (text := cells.data.get(field))), "9")
    number = values.parse_number(said[:20])
    return f"{number:09.3f}" if number is not None else "9"


def _ranked(rows: list[Cells]) -> list[Cells]:
    return sorted(
        rows, key=lambda cells: (_rank(cells, "sentyperank", "senneedrank", "rank"), cells.row.row_no)
    )


def _first_need(rows: list[Cells]) -> str:
    return next((cells.text("sentype", 40).upper() for cells in _ranked(rows)), "")


def _needs(rows: list[Cells]) -> Iterable[Fact]:
    ranked = _ranked(rows)
    if not ranked:
        return
    for cells in ranked[1:]:
        cells.code("sentype", codes.SEN_TYPES)
    if need := ranked[0].code("sentype", codes.SEN_TYPES):
        others = ", ".join(filter(None, (cells.text("sentype", 40).upper() for cells in ranked[1:])))
        yield _row(
            ranked[0], "sen_need", "sen2", kind="O", text=need, detail={"others": others} if others else {}
        )


def _outside(rows: list[Cells]) -> Iterable[Fact]:
    """That the child is at no school now."""
    for cells in rows:
        code = cells.code("sensetting", SETTINGS)
        start = cells.day("entrydate", "DATE_CHECK")
        if code in OUTSIDE and not cells.data.get("urn") and not cells.data.get("leavingdate"):
            yield _row(
                cells, "education_status", f"sen2/{code}", kind="O", start_on=start, text=SETTINGS[code]
            )


LAYOUTS = [Layout("sen2", "the SEN2 return", MODULES, interpret)]
