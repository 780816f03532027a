"""A school census table of any size, and the same a week later with a share of its rows changed."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from stdnum.gb.upn import calc_check_digit

from apps.agencies.models import Agency, Kind, SettingAlias

Row = dict[str, str]

HEADINGS = """
pupilonrolltableid NativeId dob surname forename middlenames preferredsurname formersurname upn
formerupn uniquelearnernumber sex entrydate pupilonrollorderseqcolumn sourceid schoolcensustableid
hoursatsetting schoollunchtaken parttime topupfunding unitcontacttime termlysessionspossible
senunitindicator resourcedprovisionindicator moveoffrollflag fundedhours missingaddress
duplicatenotfunded extendedhours eligibilitycode dafindicator ethnicity yssa servicechild language
classtype enrolstatus boarder plaa senprovision ncyearactual eyppr eyppbf youngcarer
"""
COLUMNS = HEADINGS.split()
SOUNDS = "ba be bo da den el fa for gra hal ing jo ka lan lor ma men nor pa per ra ro sa ston ta ter wa win"
SYLLABLES = SOUNDS.split()
ETHNICITIES = ("WBRI", "WOTH", "ANEP", "AIND", "BAFR", "MOTH", "REFU")
SCHOOLS = 60
CHANGED_SHARE = 0.05
SEED = 20261116


def write_weeks(folder: Path, children: int) -> tuple[Path, Path]:
    """Write the table and its successor; one row in twenty of the second differs."""
    chance = random.Random(SEED)  # noqa: S311
    first, second = folder / "pupilonroll_1.csv", folder / "pupilonroll_2.csv"
    with first.open("w", newline="") as one, second.open("w", newline="") as two:
        before, after = csv.DictWriter(one, COLUMNS), csv.DictWriter(two, COLUMNS)
        before.writeheader()
        after.writeheader()
        for row in rows(children, chance):
            before.writerow(row)
            after.writerow(changed(row, chance) if chance.random() < CHANGED_SHARE else row)
    return first, second


def rows(children: int, chance: random.Random) -> Iterator[Row]:
    """One pupil a row, all on roll in one of the borough's schools."""
    for number in range(children):
        yield pupil(number, chance)


def pupil(number: int, chance: random.Random) -> Row:
    """One made-up pupil."""
    year = chance.randrange(12)
    born = date(2020 - year, 9, 1) + timedelta(days=chance.randrange(365))
    row = dict.fromkeys(COLUMNS, "")
    return row | {
        "pupilonrolltableid": f"{number:08x}-bm",
        "NativeId": f"SCH{number % SCHOOLS + 1}",
        "dob": moment(born),
        "surname": name(chance, 3),
        "forename": name(chance, 2),
        "upn": upn(number),
        "sex": chance.choice("MF"),
        "entrydate": moment(date(2021, 9, 1) + timedelta(days=chance.randrange(700))),
        "pupilonrollorderseqcolumn": "1",
        "schoollunchtaken": "True",
        "termlysessionspossible": "136.0",
        "ethnicity": chance.choice(ETHNICITIES),
        "language": "ENG",
        "enrolstatus": "C",
        "senprovision": "K" if chance.random() < 0.15 else "N",
        "ncyearactual": str(year) if year else "R",
    }


def changed(row: Row, chance: random.Random) -> Row:
    """The pupil a week later: another school, another surname or another SEN provision."""
    return row | chance.choice(
        (
            {"NativeId": f"SCH{chance.randrange(SCHOOLS) + 1}", "entrydate": moment(date(2026, 11, 9))},
            {"surname": name(chance, 3)},
            {"senprovision": "K" if row["senprovision"] == "N" else "N"},
        )
    )


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
    """The schools of the table and their codes, so that no row waits for an answer."""
    schools = Agency.objects.bulk_create(
        Agency(code=f"bench-{n}", name=f"Benchmark School {n}", kind=Kind.SCHOOL, urn=str(900000 + n))
        for n in range(1, SCHOOLS + 1)
    )
    SettingAlias.objects.bulk_create(
        SettingAlias(scheme="school_census", code=f"SCH{n}", setting=school)
        for n, school in enumerate(schools, 1)
    )
