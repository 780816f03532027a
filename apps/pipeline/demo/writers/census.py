"""School census tables as COLLECT exports them: one file a table, joined by table ids, numbers as floats."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import LA_CODE
from apps.pipeline.demo.model import Child, Setting, school_year
from apps.pipeline.demo.spelling import Speech
from apps.pipeline.demo.writers.table import blade
from apps.pipeline.demo.writers.table import write as write_table

ON_ROLL = """
    pupilonrolltableid NativeId dob surname forename middlenames preferredsurname formersurname upn
    formerupn uniquelearnernumber sex entrydate pupilonrollorderseqcolumn sourceid
    schoolcensustableid hoursatsetting schoollunchtaken parttime topupfunding unitcontacttime
    termlysessionspossible senunitindicator resourcedprovisionindicator moveoffrollflag fundedhours
    missingaddress duplicatenotfunded extendedhours eligibilitycode dafindicator ethnicity yssa
    servicechild language classtype enrolstatus boarder plaa senprovision ncyearactual eyppr eyppbf
    youngcarer
""".split()
OFF_ROLL = """
    pupilnolongeronrolltableid NativeId dob surname forename middlenames preferredsurname
    formersurname upn formerupn uniquelearnernumber sex entrydate leavingdate
    pupilnolongeronrollorderseqcolumn sourceid schoolcensustableid parttime termlysessionspossible
    moveonrollflag ethnicity boarder language
""".split()
SEN = """
    pupilonrolltableid NativeId senneedstableid senneedsorderseqcolumn sourceid sentyperank sentype
""".split()
EXCLUSIONS = """
    pupilonrolltableid NativeId termlyexclusionsonrolltableid termlyexclusionsonrollorderseqcolumn
    sourceid startdate sessions reason1 reason2 reason3 category senprovision
""".split()
SESSIONS = """
    pupilonrolltableid NativeId termlysessiondetailsonrolltableid
    termlysessiondetailsonrollorderseqcolumn sourceid sessions attendancereason
""".split()
ADDRESSES = """
    pupilonrolltableid NativeId addressesonrolltableid addressesonrollorderseqcolumn sourceid
    uniquepropertyreferencenumber postcode saon paon street town
""".split()
POSSIBLE = 138

Pupil = tuple[str, str, Child, str]


def write(borough: Borough, folder: Path) -> None:
    """The six tables of this term's census, with this week's moves."""
    term = f"{borough.monday.year}_autumn"
    speech = Speech(borough.seed, "school_census")
    pupils = [pupil for child in borough.children for pupil in _registrations(child)]
    tables = {
        "pupilonroll": (
            ON_ROLL,
            (_on_roll(borough, speech, order, *pupil) for order, pupil in enumerate(pupils, 1)),
        ),
        "pupilnolongeronroll": (OFF_ROLL, _leavers(borough, speech)),
        "senneeds": (SEN, (row for pupil in pupils for row in _needs(*pupil))),
        "termlyexclusionsonroll": (EXCLUSIONS, (row for pupil in pupils for row in _exclusions(*pupil))),
        "termlysessiondetailsonroll": (SESSIONS, (row for pupil in pupils for row in _sessions(*pupil))),
        "addressesonroll": (ADDRESSES, (_address(speech, *pupil) for pupil in pupils)),
    }
    for table, (headings, rows) in tables.items():
        write_table(folder / f"{term}_{table}.csv", headings, rows)


def _registrations(child: Child) -> Iterator[Pupil]:
    """A pupil's registrations: table id, the school's code, the child, and current, main or subsidiary."""
    if not child.setting or child.setting.kind != "school" or not child.upn:
        return
    yield table_id(child, child.setting), native(child.setting), child, child.status
    if child.second:
        yield table_id(child, child.second), child.second.urn, child, "S"


def table_id(child: Child, school: Setting) -> str:
    """The id that joins the tables: the same in every census."""
    return f"{crc32(f'{child.nhs}/{school.urn}'.encode()):08x}-{child.n % 4096:03x}"


def native(school: Setting) -> str:
    """A school is sent as its URN; some systems still send its LAEstab or the URN it had before."""
    if school.predecessor:
        return school.predecessor
    return f"{LA_CODE}{school.estab}" if school.phase == "Alternative provision" else school.urn


def _on_roll(
    borough: Borough, speech: Speech, order: int, table: str, school: str, child: Child, status: str
) -> list[object]:
    heard = speech.of(child)
    sen = _provision(child)
    values = {
        "pupilonrolltableid": table, "NativeId": school, "dob": blade(heard.dob), "surname": heard.surname,
        "forename": heard.forename,
        "middlenames": heard.middle, "preferredsurname": heard.surname,
        "formersurname": child.former_surname, "upn": child.upn,
        "formerupn": child.former_upn, "uniquelearnernumber": child.uln, "sex": child.sex,
        "entrydate": blade(child.entered),
        "pupilonrollorderseqcolumn": 1, "sourceid": f"{child.n:08x}",
        "schoolcensustableid": f"{crc32(school.encode()):08x}",
        "parttime": "False", "termlysessionspossible": f"{POSSIBLE}.0", "ethnicity": child.ethnicity,
        "language": "ENG", "enrolstatus": status,
        "boarder": "N", "plaa": "N", "senprovision": sen, "ncyearactual": school_year(child.dob,
        borough.monday),
        "youngcarer": "P" if child.open("young_carer") else "N",
    }  # fmt: skip
    return [values.get(heading, "") for heading in ON_ROLL]


def _leavers(borough: Borough, speech: Speech) -> Iterator[list[object]]:
    for child in borough.children:
        if child.old_setting and child.old_setting.kind == "school" and child.upn:
            heard = speech.of(child)
            school = native(child.old_setting)
            values = {
                "pupilnolongeronrolltableid": table_id(child, child.old_setting), "NativeId": school,
                "dob": blade(heard.dob),
                "surname": heard.surname, "forename": heard.forename, "middlenames": heard.middle,
                "upn": child.upn, "sex": child.sex,
                "formerupn": child.former_upn, "entrydate": blade(child.old_entered),
                "leavingdate": blade(child.left_setting),
                "pupilnolongeronrollorderseqcolumn": 1, "sourceid": f"{child.n:08x}",
                "ethnicity": child.ethnicity, "language": "ENG",
            }  # fmt: skip
            yield [values.get(heading, "") for heading in OFF_ROLL]


def _provision(child: Child) -> str:
    return "E" if child.open("ehcp") else "K" if child.open("sen_support") else "N"


def _needs(table: str, school: str, child: Child, status: str) -> Iterator[tuple[object, ...]]:
    plan = child.open("ehcp") or child.open("sen_support")
    if plan and status != "S":
        yield (table, school, f"{crc32(table.encode()):08x}", 1, f"{child.n:08x}", "1.0", plan.category)


def _exclusions(table: str, school: str, child: Child, status: str) -> Iterator[tuple[object, ...]]:
    for order, event in enumerate(child.suspensions if status != "S" else (), 1):
        serial = f"{crc32(f'{table}{event.start}'.encode()):08x}"
        yield (
            table,
            school,
            serial,
            order,
            f"{child.n:08x}",
            blade(event.start),
            f"{event.sessions}.0",
            event.reason,
            "",
            "",
            event.category,
            _provision(child),
        )


def _sessions(table: str, school: str, child: Child, status: str) -> Iterator[tuple[object, ...]]:
    """Last term's absence by reason: it does not move from week to week."""
    missed = round(POSSIBLE * min(child.absence, 0.9)) if status != "S" else 0
    unauthorised = missed // 3 if child.absence > 0.1 else 0
    for order, (reason, sessions) in enumerate((("I", missed - unauthorised), ("O", unauthorised)), 1):
        if sessions:
            yield (
                table,
                school,
                f"{crc32(f'{table}{reason}'.encode()):08x}",
                order,
                f"{child.n:08x}",
                f"{sessions}.0",
                reason,
            )


def _address(speech: Speech, table: str, school: str, child: Child, status: str) -> tuple[object, ...]:
    home = speech.of(child).home
    flat, _, number = home.number.rpartition(", ")
    serial = f"{crc32(f'{table}home'.encode()):08x}"
    place = (home.postcode, flat, number, home.street, home.town_name)
    return (table, school, serial, 1, f"{child.n:08x}", "", *place)
