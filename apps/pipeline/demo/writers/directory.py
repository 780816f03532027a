"""Reference data: the directory of professionals, wards, GIAS establishments and links, early years settings."""

from collections.abc import Iterator
from pathlib import Path

from apps.pipeline.demo import names
from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import LA_CODE, LA_NAME
from apps.pipeline.demo.model import Setting
from apps.pipeline.demo.writers.gias_columns import COLUMNS
from apps.pipeline.demo.writers.table import uk, write

PROFESSIONALS = ("Worker ID", "Name", "Job Title", "Team", "Agency", "Phone", "Email", "User Name", "Left On")
WARDS = ("pcds", "wd25cd", "wd25nm")
SIDES = ("North", "South", "East", "West")
EARLY_YEARS = (
    "URN",
    "Setting Name",
    "Provider Type",
    "Street",
    "Town",
    "Postcode",
    "Telephone",
    "Registered On",
    "Closed On",
)
LINKS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
PHASES = {
    "Primary": ("2", "Primary", 3, 11),
    "Secondary": ("4", "Secondary", 11, 18),
    "Nursery": ("1", "Nursery", 2, 5),
}
TYPES = {
    "Primary": ("1", "Community school"), "Secondary": ("1", "Community school"), "Special": ("7",
    "Community special school"),
    "Alternative provision": ("14", "Pupil referral unit"), "Nursery": ("15",
    "Local authority nursery school"),
}  # fmt: skip


def professionals(borough: Borough, folder: Path) -> None:
    """Everyone who works with a child, whichever their agency."""
    rows = (
        (w.worker_id, w.name, w.job_title, w.team, w.agency, w.phone, w.email, w.user_name, uk(w.left_on))
        for w in borough.staff.workers
    )
    write(folder / "professionals.csv", PROFESSIONALS, rows)


def wards(borough: Borough, folder: Path) -> None:
    """Every postcode of the borough in its ward: each town has four."""
    rows = []
    for serial, (_street, town, code) in enumerate(borough.streets.streets):
        side = serial // len(names.TOWNS) % len(SIDES)
        rows.append((code, f"Z05{town * len(SIDES) + side:06d}", f"{names.TOWNS[town]} {SIDES[side]}"))
    write(folder / "wards.csv", WARDS, rows)


def gias(borough: Borough, folder: Path) -> None:
    """Establishments as the national register has them, their links, and the early years settings."""
    schools = [row for school in borough.places.schools for row in _establishments(school)]
    write(
        folder / "edubasealldata.csv",
        COLUMNS,
        ([row.get(name, "") for name in COLUMNS] for row in schools),
        encoding="cp1252",
    )
    write(folder / "links_edubasealldata.csv", LINKS, _links(borough), encoding="cp1252")
    write(folder / "early_years_settings.csv", EARLY_YEARS, _early_years(borough))


def _establishments(school: Setting) -> Iterator[dict[str, object]]:
    phase_code, phase, low, high = PHASES.get(school.phase, ("0", "Not applicable", 4, 19))
    type_code, type_name = (
        ("33" if school.phase == "Primary" else "28", "Academy converter")
        if school.trust[0]
        else TYPES[school.phase]
    )
    yield {
        "URN": school.urn, "LA (code)": LA_CODE, "LA (name)": LA_NAME, "EstablishmentNumber": school.estab,
        "EstablishmentName": school.name,
        "TypeOfEstablishment (code)": type_code, "TypeOfEstablishment (name)": type_name,
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": f"{school.opened:%d-%m-%Y}" if school.opened else "", "CloseDate": "",
        "PhaseOfEducation (code)": phase_code, "PhaseOfEducation (name)": phase, "StatutoryLowAge": low,
        "StatutoryHighAge": high,
        "Trusts (code)": school.trust[0], "Trusts (name)": school.trust[1],
        "Street": f"{school.home.number} {school.home.street}",
        "Town": school.home.town_name, "Postcode": school.home.postcode,
        "TelephoneNum": school.phone.replace(" ", ""),
    }  # fmt: skip


def _links(borough: Borough) -> Iterator[tuple[str, ...]]:
    for school in borough.places.schools:
        if school.predecessor:
            opened = f"{school.opened:%d-%m-%Y}" if school.opened else ""
            yield (school.urn, school.predecessor, f"{school.name} (closed)", "Predecessor", opened)


def _early_years(borough: Borough) -> Iterator[tuple[str, ...]]:
    for place in borough.places.early_years:
        yield (
            place.urn,
            place.name,
            place.phase,
            f"{place.home.number} {place.home.street}",
            place.home.town_name,
            place.home.postcode,
            place.phone,
            uk(place.opened),
            "",
        )
