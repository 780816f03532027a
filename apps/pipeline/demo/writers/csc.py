"""Named persons known to children's social care, with who works with them and when they were last seen."""

from collections.abc import Iterator
from pathlib import Path

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import local_id
from apps.pipeline.demo.model import Child, Spell
from apps.pipeline.demo.spelling import Heard, Speech
from apps.pipeline.demo.writers.table import uk
from apps.pipeline.demo.writers.table import write as write_table

HEADINGS = (
    "LA Child ID", "NHS Number", "UPN", "Surname", "Forename", "Middle Names", "Known As", "Date of Birth",
    "Sex", "Ethnicity", "Address",
    "Postcode", "Restricted", "Date of Death", "Left Area Date", "Allocated Worker ID", "Team",
    "Allocation Date", "Last Seen Date",
    "Last Seen By", "How Seen", "Seen Alone",
)  # fmt: skip
ALLOTTED = ("child_protection", "looked_after", "child_in_need", "care_leaver")


def write(borough: Borough, folder: Path) -> None:
    """One row a child."""
    speech = Speech(borough.seed, "csc_people")
    write_table(folder / "csc_people.csv", HEADINGS, rows(borough, speech))


def rows(borough: Borough, speech: Speech) -> Iterator[tuple[object, ...]]:
    """Everyone social care knows by name."""
    for child in borough.children:
        if child.csc_known:
            yield _row(borough, child, speech.of(child))


def working(child: Child) -> Spell | None:
    """The spell that says who works with the child now."""
    return next((spell for service in ALLOTTED if (spell := child.open(service))), None)


def _row(borough: Borough, child: Child, heard: Heard) -> tuple[object, ...]:
    spell = working(child)
    worker = borough.staff.by_id[spell.worker] if spell else None
    starts = [s.start for s in child.spells if worker and s.worker == worker.worker_id and not s.end]
    since = min(starts, default=None)
    visits = [(s.seen, number) for number, s in enumerate(child.spells) if s.seen and s.service in ALLOTTED]
    seen = child.spells[max(visits)[1]] if visits else None
    return (
        local_id("la_child_id", child.n), heard.nhs, heard.upn, heard.surname, heard.forename, heard.middle,
        heard.known_as, uk(heard.dob),
        heard.sex, child.ethnicity, heard.address, heard.home.postcode, "Yes" if child.restricted else "",
        uk(child.died), uk(child.left_area),
        worker.worker_id if worker else "", worker.team if worker else "", uk(since),
        uk(seen.seen) if seen else "",
        seen.seen_by if seen else "", seen.how if seen else "",
        ("Yes" if seen.alone else "No") if seen else "",
    )  # fmt: skip
