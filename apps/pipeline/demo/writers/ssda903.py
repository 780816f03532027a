"""Children looked after and care leavers as the SSDA903 CSV set: ids and codes, no names."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import local_id
from apps.pipeline.demo.model import Child, Spell, age
from apps.pipeline.demo.spelling import Speech
from apps.pipeline.demo.writers.table import uk
from apps.pipeline.demo.writers.table import write as write_table

TABLES = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST"
    " URN",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT"
    " SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "uasc": "CHILD SEX DOB DUC",
}
SEX = {"M": "1", "F": "2"}
PROVIDERS = {
    "U1": "PR1",
    "U3": "PR1",
    "U4": "PR1",
    "U6": "PR4",
    "K2": "PR4",
    "P1": "PR0",
    "H5": "PR4",
    "R1": "PR4",
}
ACTIVITIES = ("F1", "F2", "F5", "F5", "P2", "G4", "G5", "G5")
ACCOMMODATION = ("B1", "C1", "D1", "U1", "U1", "V1", "S2", "Y1")


def write(borough: Borough, folder: Path) -> None:
    """The seven tables of the set."""
    speech = Speech(borough.seed, "csc_people")
    known = [
        (local_id("la_child_id", child.n), child)
        for child in borough.children
        if child.having("looked_after")
    ]
    rows = {
        "header": (_header(la, child, speech) for la, child in known),
        "episodes": (row for la, child in known for row in _episodes(la, child)),
        "reviews": (row for la, child in known for row in _reviews(borough, la, child)),
        "missing": ((la, uk(c.dob), kind, uk(a), uk(b)) for la, c in known for a, b, kind in c.missing),
        "oc2": (
            _outcomes(la, child)
            for la, child in known
            if child.open("looked_after") and age(child.dob, borough.monday) >= 1
        ),
        "oc3": (_leaver(la, child) for la, child in known if child.open("care_leaver")),
        "uasc": (
            (la, SEX[c.sex], uk(c.dob), uk(c.dob.replace(year=c.dob.year + 18, day=min(c.dob.day, 28))))
            for la, c in known
            if _uasc(c)
        ),
    }
    for table, headings in TABLES.items():
        write_table(folder / f"{table}.csv", headings.split(), rows[table])


def _header(la: str, child: Child, speech: Speech) -> tuple[str, ...]:
    return (
        la,
        SEX[child.sex],
        uk(child.dob),
        child.ethnicity,
        speech.of(child).upn,
        "0" if child.sex == "F" else "",
        "",
    )


def _episodes(la: str, child: Child) -> Iterator[tuple[str, ...]]:
    """Each period in care as one or two episodes: a first placement, then the present one."""
    for spell in child.having("looked_after"):
        place = PROVIDERS.get(spell.place, "PR4")
        move = spell.start + timedelta(days=20 + child.n % 200)
        common = (spell.need, spell.place, place)
        if (
            child.n % 3 == 0
            and move < (spell.end or spell.start + timedelta(days=9_999))
            and spell.start < move
        ):
            if spell.seen and move > spell.seen:
                yield _episode(la, spell, child, spell.start, "S", common)
                continue
            first = (la, uk(spell.start), "S", "V2", spell.need, "U6", "PR4", uk(move), "X1", "LAREQ")
            yield (*first, *_postcodes(child), "")
            yield _episode(la, spell, child, move, "B", common)
        else:
            yield _episode(la, spell, child, spell.start, "S", common)


def _episode(
    la: str, spell: Spell, child: Child, start: date, new: str, common: tuple[str, ...]
) -> tuple[str, ...]:
    ended = "E2" if child.died else "E3" if child.left_area else "E5" if child.open("care_leaver") else "E4A"
    leaving = (uk(spell.end), ended if spell.end else "", "")
    return (la, uk(start), new, spell.category, *common, *leaving, *_postcodes(child), "")


def _postcodes(child: Child) -> tuple[str, str]:
    """Of home and of placement; never where the child could be found by them."""
    return ("", "") if child.restricted else (child.home.postcode, child.home.postcode)


def _reviews(borough: Borough, la: str, child: Child) -> Iterator[tuple[str, ...]]:
    for spell in child.having("looked_after"):
        day = spell.start + timedelta(days=20)
        while day < min(spell.end or borough.monday, borough.monday):
            if day > borough.monday - timedelta(days=365):
                yield (la, uk(child.dob), uk(day), "PN1" if age(child.dob, day) >= 4 else "PN0")
            day += timedelta(days=170)


def _outcomes(la: str, child: Child) -> tuple[object, ...]:
    scored = child.sdq >= 0
    return (
        la,
        uk(child.dob),
        child.sdq if scored else "",
        "" if scored else "SDQ1",
        0,
        1,
        1,
        1,
        1,
        0,
        "",
        "",
    )


def _leaver(la: str, child: Child) -> tuple[str, ...]:
    touch = next(spell.category for spell in child.having("care_leaver") if not spell.end)
    return (la, uk(child.dob), touch, ACTIVITIES[child.n % 8], ACCOMMODATION[child.n // 8 % 8])


def _uasc(child: Child) -> bool:
    return (
        child.ethnicity in ("BAFR", "OOTH", "AOTH") and child.n % 4 == 0 and bool(child.open("looked_after"))
    )
