"""CSV extracts of education: SEND, attendance, risk of NEET and the early years roll."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import local_id
from apps.pipeline.demo.model import Child, Spell
from apps.pipeline.demo.spelling import Heard, Speech
from apps.pipeline.demo.writers.agencies import write_spells
from apps.pipeline.demo.writers.table import SEXES, uk, write

EHCP = (
    "Person ID", "UPN", "NHS Number", "Surname", "Forename", "Date of birth", "Gender", "Ethnicity",
    "Address", "Postcode",
    "Date initial EHC plan issued", "Date EHC plan ceased", "Date EHC plan last reviewed", "SEN primary need",
    "Main education establishment - URN", "Caseworker ID",
)  # fmt: skip


def ehcp(borough: Borough, folder: Path) -> None:
    """Education, health and care plans."""
    write_spells(borough, folder / "ehcp.csv", "send_id", "ehcp", EHCP, _ehcp)


def _ehcp(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    reviewed = spell.start + timedelta(days=330)
    return (
        ident, heard.upn, heard.nhs, heard.surname, heard.forename, uk(heard.dob), SEXES[heard.sex],
        child.ethnicity, heard.address,
        heard.home.postcode, uk(spell.start), uk(spell.end), uk(reviewed) if child.n % 3 else "",
        spell.category, _urn(child), spell.worker,
    )  # fmt: skip


def _urn(child: Child) -> str:
    return child.setting.urn if child.setting else ""


SEN_SUPPORT = (
    "Person ID", "UPN", "Surname", "Forename", "Date of birth", "Gender", "Postcode",
    "SEN support start date", "SEN support end date",
    "SEN primary need", "Main education establishment - URN",
)  # fmt: skip


def sen_support(borough: Borough, folder: Path) -> None:
    """SEN support in schools."""
    write_spells(borough, folder / "sen_support.csv", "send_id", "sen_support", SEN_SUPPORT, _sen_support)


def _sen_support(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    return (
        ident, heard.upn, heard.surname, heard.forename, uk(heard.dob), SEXES[heard.sex],
        heard.home.postcode, uk(spell.start), uk(spell.end),
        spell.category, _urn(child),
    )  # fmt: skip


NEET_RISK = (
    "CCIS ID", "UPN", "Forename", "Surname", "Date of Birth", "Gender", "Postcode", "At Risk From",
    "At Risk To", "Score", "Assessed On",
    "Adviser ID",
)  # fmt: skip


def neet_risk(borough: Borough, folder: Path) -> None:
    """Young people at risk of not being in education, employment or training."""
    write_spells(borough, folder / "neet_risk.csv", "neet_risk", "neet_risk", NEET_RISK, _neet_risk)


def _neet_risk(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    return (
        ident, heard.upn, heard.forename, heard.surname, uk(heard.dob), SEXES[heard.sex],
        heard.home.postcode, uk(spell.start), uk(spell.end),
        spell.score, uk(spell.start), spell.worker,
    )  # fmt: skip


ATTENDANCE = (
    "UPN", "Surname", "Forename", "Date of Birth", "School URN", "Period Start", "Period End",
    "Sessions Possible", "Sessions Attended", "Percent",
)  # fmt: skip
SESSIONS = 60


def attendance(borough: Borough, folder: Path) -> None:
    """Attendance over the six weeks to last Friday, by pupil."""
    write(folder / "attendance.csv", ATTENDANCE, _attendance(borough))


def _attendance(borough: Borough) -> Iterator[Sequence[object]]:
    speech = Speech(borough.seed, "attendance")
    first, last = uk(borough.monday - timedelta(days=42)), uk(borough.monday - timedelta(days=3))
    week = borough.monday.isocalendar().week
    for child in borough.children:
        if child.upn and child.setting and child.setting.kind == "school":
            heard = speech.of(child)
            sway = speech.draw(child.n, f"week {week}") * 2 - 1
            came = min(max(round(SESSIONS * (1 - child.absence) + sway), 0), SESSIONS)
            yield (
                child.upn,
                heard.surname,
                heard.forename,
                uk(heard.dob),
                child.setting.urn,
                first,
                last,
                SESSIONS,
                came,
                f"{100 * came / SESSIONS:.1f}",
            )


EARLY_YEARS = (
    "Child Ref", "Forename", "Surname", "Date of Birth", "Gender", "Address", "Postcode", "Setting URN",
    "Setting Name", "Start Date",
    "Leaving Date", "Funded Hours",
)  # fmt: skip


def early_years_roll(borough: Borough, folder: Path) -> None:
    """Which under-fives attend which setting."""
    write(folder / "early_years_roll.csv", EARLY_YEARS, _early_years(borough))


def _early_years(borough: Borough) -> Iterator[Sequence[object]]:
    speech = Speech(borough.seed, "early_years_roll")
    for child in borough.children:
        places = (
            (child.old_setting, child.old_entered, child.left_setting),
            (child.setting, child.entered, None),
        )
        for setting, start, end in places:
            if setting and setting.kind == "early_years":
                heard = speech.of(child)
                yield (
                    local_id("early_years_roll", child.n), heard.forename, heard.surname, uk(heard.dob),
                    SEXES[heard.sex], heard.address,
                    heard.home.postcode, setting.sent_as or setting.urn, setting.name, uk(start), uk(end), (15, 30)[child.n % 2],
                )  # fmt: skip
