"""CSV extracts of early help, youth justice, young carers and VEMT: one row a spell."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import local_id
from apps.pipeline.demo.model import Child, Spell
from apps.pipeline.demo.spelling import Heard, Speech
from apps.pipeline.demo.writers.table import SEXES, uk, write

Row = Callable[[str, Heard, Child, Spell], Sequence[object]]


def write_spells(
    borough: Borough, path: Path, scheme: str, service: str, headings: Sequence[str], row: Row,
    voice: str = ""
) -> None:  # fmt: skip
    """A file of every spell with a service, each in the agency's own words about the child."""
    speech = Speech(borough.seed, voice or scheme)
    write(path, headings, _rows(borough, speech, scheme, service, row))


def _rows(
    borough: Borough, speech: Speech, scheme: str, service: str, row: Row
) -> Iterator[Sequence[object]]:
    for child in borough.children:
        spells = child.having(service)
        if spells:
            heard, ident = speech.of(child), local_id(scheme, child.n)
            yield from (row(ident, heard, child, spell) for spell in spells)


EARLY_HELP = (
    "EHM ID", "Forename", "Surname", "Date of Birth", "Gender", "Ethnicity", "NHS Number", "UPN", "Address",
    "Postcode", "Episode ID",
    "Start Date", "End Date", "Support Level", "Reason", "Lead Practitioner ID", "Last Contact Date",
    "Last Contact By", "Last Contact Type",
)  # fmt: skip


def early_help(borough: Borough, folder: Path) -> None:
    """Early help episodes."""
    write_spells(borough, folder / "early_help.csv", "early_help", "early_help", EARLY_HELP, _early_help)


def _early_help(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    return (
        ident, heard.forename, heard.surname, uk(heard.dob), SEXES[heard.sex], child.ethnicity, heard.nhs,
        heard.upn, heard.address,
        heard.home.postcode, episode(ident, spell), uk(spell.start), uk(spell.end), spell.category,
        spell.need, spell.worker, uk(spell.seen),
        spell.seen_by if spell.seen else "", spell.how if spell.seen else "",
    )  # fmt: skip


def episode(ident: str, spell: Spell) -> str:
    """The agency's number of a spell: the same every week."""
    return f"{ident}-{spell.start:%y%m%d}"


YOUTH_JUSTICE = (
    "ChildView ID", "Forename", "Surname", "Date of Birth", "Sex", "Ethnicity", "Address", "Postcode",
    "Intervention ID", "Order Type",
    "Start Date", "End Date", "Case Manager ID", "Last Contact Date", "Last Contact By",
)  # fmt: skip


def youth_justice(borough: Borough, folder: Path) -> None:
    """Orders, cautions and disposals."""
    write_spells(
        borough, folder / "youth_justice.csv", "youth_justice", "youth_justice", YOUTH_JUSTICE, _youth_justice
    )


def _youth_justice(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    return (
        ident, heard.forename, heard.surname, uk(heard.dob), SEXES[heard.sex], child.ethnicity,
        heard.address, heard.home.postcode,
        episode(ident, spell), spell.category, uk(spell.start), uk(spell.end), spell.worker, uk(spell.seen),
        spell.seen_by if spell.seen else "",
    )  # fmt: skip


YOUNG_CARERS = (
    "YC Ref", "First Name", "Last Name", "DOB", "Gender", "Address", "Postcode", "School", "Registered On",
    "Closed On", "Cares For",
    "Support Worker ID",
)  # fmt: skip


def young_carers(borough: Borough, folder: Path) -> None:
    """Young carers registered with the service."""
    write_spells(
        borough, folder / "young_carers.csv", "young_carers", "young_carer", YOUNG_CARERS, _young_carer
    )


def _young_carer(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    school = child.setting.name if child.setting else ""
    return (
        ident, heard.forename, heard.surname, uk(heard.dob), SEXES[heard.sex], heard.address,
        heard.home.postcode, school, uk(spell.start),
        uk(spell.end), spell.category, spell.worker,
    )  # fmt: skip


VEMT = (
    "VEMT Ref", "Forename", "Surname", "Date of Birth", "Gender", "Address", "Postcode", "Case Opened",
    "Case Closed", "Concern", "Risk Level",
    "Lead Worker ID",
)  # fmt: skip


def vemt(borough: Borough, folder: Path) -> None:
    """Children the exploitation group discusses."""
    write_spells(borough, folder / "vemt.csv", "vemt", "vemt", VEMT, _vemt)


def _vemt(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    return (
        ident, heard.forename, heard.surname, uk(heard.dob), SEXES[heard.sex], heard.address,
        heard.home.postcode, uk(spell.start),
        uk(spell.end), spell.category, spell.need, spell.worker,
    )  # fmt: skip
