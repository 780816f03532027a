"""A school census of any size as its set of tables, and the same a week later with a share of its pupils changed."""

import csv
import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from stdnum.gb.upn import calc_check_digit

from apps.agencies.models import Agency, Kind, SettingAlias

Row = dict[str, str]
#: A pupil's rows in every table of the set.
Pupil = dict[str, list[Row]]

PUPIL_HEADINGS = """
pupilonrolltableid NativeId dob surname forename middlenames preferredsurname formersurname upn formerupn
uniquelearnernumber sex entrydate pupilonrollorderseqcolumn sourceid schoolcensustableid
hoursatsetting schoollunchtaken parttime topupfunding unitcontacttime termlysessionspossible
senunitindicator resourcedprovisionindicator moveoffrollflag fundedhours missingaddress
duplicatenotfunded extendedhours eligibilitycode dafindicator ethnicity yssa servicechild language
classtype enrolstatus boarder plaa senprovision ncyearactual eyppr eyppbf youngcarer
"""
TABLES = {
    "pupilonroll": PUPIL_HEADINGS.split(),
    "termlysessiondetailsonroll": ["pupilonrolltableid", "NativeId", "sessions", "attendancereason"],
    "senneeds": ["pupilonrolltableid", "NativeId", "sentyperank", "sentype"],
    "termlyexclusionsonroll": [
        "pupilonrolltableid", "NativeId", "startdate", "sessions", "reason1", "reason2", "reason3", "category",
    ],
}  # fmt: skip
SOUNDS = "ba be bo da den el fa for gra hal ing jo ka lan lor ma men nor pa per ra ro sa ston ta ter wa win"
SYLLABLES = SOUNDS.split()
ETHNICITIES = ("WBRI", "WOTH", "AIND", "BAFR", "MOTH", "REFU")
NEEDS = ("SPLD", "MLD", "SEMH", "SLCN", "ASD")
SCHOOLS = 60
CHANGED_SHARE = 0.05
SEED = 20261116


def write_weeks(folder: Path, children: int) -> tuple[list[Path], list[Path]]:
    """Write the set and its successor; one pupil in twenty of the second differs."""
    chance = random.Random(SEED)  # noqa: S311
    weeks = [{table: folder / f"{week}_{table}.csv" for table in TABLES} for week in ("first", "second")]
    with ExitStack() as opened:
        first, second = [_writers(opened, week) for week in weeks]
        for number in range(children):
            before = pupil(number, chance)
            _write(first, before)
            _write(second, changed(before, chance) if chance.random() < CHANGED_SHARE else before)
    return list(weeks[0].values()), list(weeks[1].values())


def _writers(opened: ExitStack, week: dict[str, Path]) -> "dict[str, csv.DictWriter[str]]":
    found = {}
    for table, path in week.items():
        found[table] = csv.DictWriter(opened.enter_context(path.open("w", newline="")), TABLES[table])
        found[table].writeheader()
    return found


def _write(writers: "dict[str, csv.DictWriter[str]]", pupil: Pupil) -> None:
    for table, rows in pupil.items():
        writers[table].writerows(rows)


def pupil(number: int, chance: random.Random) -> Pupil:
    """One made-up pupil: a row on roll, four of attendance, sometimes a need or a suspension."""
    keys = {"pupilonrolltableid": f"{number:08x}-bm", "NativeId": f"SCH{number % SCHOOLS + 1}"}
    needy = chance.random() < 0.17
    return {
        "pupilonroll": [on_roll(number, keys, needy, chance)],
        "termlysessiondetailsonroll": list(sessions(keys, chance)),
        "senneeds": [
            keys | {"sentyperank": f"{rank}.0", "sentype": chance.choice(NEEDS)}
            for rank in range(1, chance.choice((2, 2, 3)) if needy else 1)
        ],
        "termlyexclusionsonroll": [suspension(keys, chance)] if chance.random() < 0.05 else [],
    }


def on_roll(number: int, keys: Row, needy: bool, chance: random.Random) -> Row:
    """The pupil's row in the main table."""
    year = chance.randrange(12)
    born = date(2020 - year, 9, 1) + timedelta(days=chance.randrange(365))
    entered = date(2021, 9, 1) + timedelta(days=chance.randrange(700))
    return dict.fromkeys(TABLES["pupilonroll"], "") | keys | {
        "dob": moment(born), "surname": name(chance, 3), "forename": name(chance, 2), "upn": upn(number),
        "sex": chance.choice("MF"), "entrydate": moment(entered), "pupilonrollorderseqcolumn": "1",
        "schoollunchtaken": "True", "termlysessionspossible": "136.0", "ethnicity": chance.choice(ETHNICITIES),
        "language": "ENG", "enrolstatus": "C", "senprovision": "K" if needy else "N",
        "ncyearactual": str(year) if year else "R",
    }  # fmt: skip


def sessions(keys: Row, chance: random.Random) -> Iterator[Row]:
    """Sessions by attendance code: present, ill, other reasons."""
    for code, most in (("/", 130), ("I", 12), ("M", 4), ("U", 6)):
        yield keys | {"sessions": f"{chance.randint(0, most)}.0", "attendancereason": code}


def suspension(keys: Row, chance: random.Random) -> Row:
    """A suspension of some days."""
    day = date(2026, 9, 7) + timedelta(days=chance.randrange(60))
    return keys | {"startdate": moment(day), "sessions": "4.0", "reason1": "DB", "category": "FIXD"}


def changed(before: Pupil, chance: random.Random) -> Pupil:
    """The pupil a week later: another school, another surname or more absence."""
    kind = chance.randrange(3)
    [row] = before["pupilonroll"]
    if kind == 0:
        row = row | {
            "NativeId": f"SCH{chance.randrange(SCHOOLS) + 1}",
            "entrydate": moment(date(2026, 11, 9)),
        }
    elif kind == 1:
        row = row | {"surname": name(chance, 3)}
    absent = [
        one | {"sessions": "20.0"} if kind == 2 else one for one in before["termlysessiondetailsonroll"]
    ]
    return before | {"pupilonroll": [row], "termlysessiondetailsonroll": absent}


def upn(number: int) -> str:
    """A UPN that passes its check letter."""
    body = f"8{10 + number // 1_000_000 % 7:02}{number // 1000 % 1000 + 3000:04}22{number % 1000:03}"
    return f"{calc_check_digit(body)}{body}"


def name(chance: random.Random, syllables: int) -> str:
    """A made-up name; distinct enough that a borough of them looks like one."""
    return "".join(chance.choices(SYLLABLES, k=syllables)).capitalize()


def moment(day: date) -> str:
    """A day as the census tables write it."""
    return f"{day:%Y-%b-%d} 00:00:00"


def open_schools() -> None:
    """The schools of the tables and their codes, so that no row waits for an answer."""
    schools = Agency.objects.bulk_create(
        Agency(code=f"bench-{n}", name=f"Benchmark School {n}", kind=Kind.SCHOOL, urn=str(900000 + n))
        for n in range(1, SCHOOLS + 1)
    )
    SettingAlias.objects.bulk_create(
        SettingAlias(scheme="school_census", code=f"SCH{n}", setting=school)
        for n, school in enumerate(schools, 1)
    )
