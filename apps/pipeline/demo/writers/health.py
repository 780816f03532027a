"""CSV extracts of the health services: NHS numbers, names in capitals, the NHS's own ethnic categories."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.model import Child, Spell
from apps.pipeline.demo.spelling import Heard, Speech
from apps.pipeline.demo.writers.agencies import episode, write_spells
from apps.pipeline.demo.writers.table import SEXES, uk, write

#: The NHS ethnic category for each of the schools' codes.
ETHNIC = {
    "WBRI": "A", "WIRI": "B", "WOTH": "C", "WIRT": "C", "WROM": "C", "MWBC": "D", "MWBA": "E", "MWAS": "F",
    "MOTH": "G", "AIND": "H",
    "APKN": "J", "ABAN": "K", "AOTH": "L", "BCRB": "M", "BAFR": "N", "BOTH": "P", "CHNE": "R", "OOTH": "S",
    "REFU": "Z", "NOBT": "99",
}  # fmt: skip

CAMHS = (
    "Local Patient ID", "NHS Number", "Family Name", "Given Name", "Birth Date", "Gender", "Ethnic Category",
    "Address", "Postcode",
    "Referral ID", "Referral Received", "Discharge Date", "Pathway", "Care Coordinator ID",
    "Last Contact Date", "Last Contact By", "Contact Type",
)  # fmt: skip


def camhs(borough: Borough, folder: Path) -> None:
    """Referrals to child and adolescent mental health services."""
    write_spells(borough, folder / "camhs.csv", "camhs", "camhs", CAMHS, _camhs)


def _patient(ident: str, heard: Heard, child: Child) -> tuple[object, ...]:
    return (
        ident, heard.nhs, heard.surname, heard.forename, uk(heard.dob), SEXES[heard.sex],
        ETHNIC[child.ethnicity], heard.address,
        heard.home.postcode,
    )  # fmt: skip


def _camhs(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    contact = (uk(spell.seen), spell.seen_by, spell.how) if spell.seen else ("", "", "")
    return (
        *_patient(ident, heard, child), episode(ident, spell), uk(spell.start), uk(spell.end),
        spell.category, spell.worker, *contact,
    )  # fmt: skip


COMMUNITY = (
    "Local Patient ID", "NHS Number", "Family Name", "Given Name", "Birth Date", "Gender", "Ethnic Category",
    "Address", "Postcode",
    "Caseload ID", "Service", "Accepted Date", "Discharge Date", "Clinician ID", "Last Contact Date",
    "Last Contact By",
)  # fmt: skip


def community_health(borough: Borough, folder: Path) -> None:
    """Health visiting, school nursing and therapies."""
    write_spells(
        borough,
        folder / "community_health.csv",
        "community_health",
        "community_health",
        COMMUNITY,
        _community,
    )


def _community(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    contact = (uk(spell.seen), spell.seen_by) if spell.seen else ("", "")
    return (
        *_patient(ident, heard, child), episode(ident, spell), spell.category, uk(spell.start),
        uk(spell.end), spell.worker, *contact,
    )  # fmt: skip


CONTINUING_CARE = (
    "Case ID", "NHS Number", "Family Name", "Given Name", "Birth Date", "Gender", "Postcode",
    "Eligible From", "Eligible To", "Package", "Nurse ID",
)  # fmt: skip


def continuing_care(borough: Borough, folder: Path) -> None:
    """Children's continuing care packages."""
    write_spells(
        borough,
        folder / "continuing_care.csv",
        "continuing_care",
        "continuing_care",
        CONTINUING_CARE,
        _continuing_care,
    )


def _continuing_care(ident: str, heard: Heard, child: Child, spell: Spell) -> Sequence[object]:
    return (
        ident, heard.nhs, heard.surname, heard.forename, uk(heard.dob), SEXES[heard.sex],
        heard.home.postcode, uk(spell.start), uk(spell.end),
        spell.category, spell.worker,
    )  # fmt: skip


CLINICAL = (
    "NHS Number",
    "Family Name",
    "Given Name",
    "Birth Date",
    "Gender",
    "Postcode",
    "Status",
    "From",
    "Until",
)


def clinical_status(borough: Borough, folder: Path) -> None:
    """Children the clinical list names as vulnerable."""
    write(folder / "clinical_status.csv", CLINICAL, _clinical(borough))


def _clinical(borough: Borough) -> Iterator[Sequence[object]]:
    speech = Speech(borough.seed, "clinical_status")
    for child in borough.children:
        plan = child.open("continuing_care") or child.open("ehcp") or child.open("community_health")
        if plan and (plan.service == "continuing_care" or child.n % 9 == 0) and not child.died:
            heard = speech.of(child)
            status = (
                "Clinically extremely vulnerable"
                if plan.service == "continuing_care"
                else "Clinically vulnerable"
            )
            yield (
                child.nhs,
                heard.surname,
                heard.forename,
                uk(heard.dob),
                SEXES[heard.sex],
                heard.home.postcode,
                status,
                uk(plan.start + timedelta(days=5)),
                "",
            )
