"""Homes, schools and early years settings."""

from dataclasses import dataclass
from datetime import date
from random import Random

from apps.pipeline.demo import names
from apps.pipeline.demo.identifiers import phone, postcode
from apps.pipeline.demo.model import Home, Setting

TRUSTS = (
    ("5901", "Wendhope Learning Trust"),
    ("5902", "Saltwick Schools Partnership"),
    ("5903", "Beacon North Academies"),
    ("5904", "The Godric Multi Academy Trust"),
)

#: Share of all schools, phase, and first establishment number, in ranges that are not given out.
SCHOOL_KINDS = (
    (0.70, "Primary", 9001),
    (0.18, "Secondary", 9601),
    (0.05, "Special", 9801),
    (0.03, "Alternative provision", 9901),
    (0.04, "Nursery", 9951),
)


class Streets:
    """Draws homes: a street lies in one town, and a dozen homes share a postcode."""

    def __init__(self, rng: Random, households: int):
        self.rng = rng
        self.streets = []
        for serial in range(max(households // 10, 40)):
            street = f"{rng.choice(names.STREET_WORDS)} {rng.choice(names.STREET_KINDS)}"
            self.streets.append((street, serial % len(names.TOWNS), postcode((serial * 37) % 72_000)))

    def home(self, town: int | None = None) -> Home:
        """A home anywhere, or in one town."""
        street, place, code = self.rng.choice(self.streets)
        while town is not None and place != town:
            street, place, code = self.rng.choice(self.streets)
        number = str(self.rng.randint(1, 98))
        if self.rng.random() < 0.06:
            number = f"Flat {self.rng.randint(1, 12)}, {number}"
        return Home(number, street, place, names.TOWNS[place], code)


@dataclass
class Places:
    """Every setting of the borough, by kind."""

    schools: list[Setting]
    early_years: list[Setting]

    def of(self, phase: str) -> list[Setting]:
        """The schools of one phase."""
        return [school for school in self.schools if school.phase == phase]


def schools_and_settings(rng: Random, streets: Streets, children: int) -> Places:
    """About one school for 130 children and one early years setting for 104."""
    wanted = max(round(children / 130), 14)
    schools: list[Setting] = []
    early: list[Setting] = []
    for share, phase, first in SCHOOL_KINDS:
        for serial in range(max(round(wanted * share), 3 if phase in ("Primary", "Secondary") else 1)):
            schools.append(_school(rng, streets, phase, first + serial, len(schools)))
    for serial in range(max(round(children / 104), 6)):
        early.append(_nursery(rng, streets, serial))
    schools[-1].name = f"{names.TOWNS[0]} Nursery School"
    secondaries = [s for s in schools if s.phase == "Secondary"]
    secondaries[0].name, secondaries[0].lead = "Larkmoor Academy", "Marguerite Oyelaran-Pike"
    early[-1].sent_as = "URN to follow"  # a question for the data officer: which setting is that?
    return Places(_distinct(schools), _distinct(early))


def _school(rng: Random, streets: Streets, phase: str, estab: int, serial: int) -> Setting:
    word = names.SCHOOL_WORDS[(serial * 11) % len(names.SCHOOL_WORDS)]
    trust = rng.choice(TRUSTS) if rng.random() < 0.45 else ("", "")
    saint = phase == "Primary" and rng.random() < 0.15
    ending = {
        "Primary": "Primary Academy" if trust[0] else "Primary School",
        "Secondary": "Academy" if trust[0] else "School",
        "Special": "Special School", "Alternative provision": "Bridge Centre", "Nursery": "Nursery School",
    }[phase]  # fmt: skip
    start = f"{rng.choice(names.SAINTS)} {word} Catholic" if saint else word
    home = streets.home(serial % len(names.TOWNS))
    return Setting(
        urn=str(990_101 + serial), estab=str(estab), name=f"{start} {ending}", phase=phase, kind="school",
        town=home.town, home=home,
        phone=phone(300 + serial), trust=trust,
        predecessor=str(990_901 + serial) if serial % 9 == 4 and serial < 90 else "",
        opened=date(1950 + (serial * 7) % 70, 9, 1), lead=_person(rng),
    )  # fmt: skip


def _nursery(rng: Random, streets: Streets, serial: int) -> Setting:
    childminder = serial % 6 == 5
    home = streets.home(serial % len(names.TOWNS))
    if childminder:
        name = f"{rng.choice(names.GIRLS)} {rng.choice(names.SURNAMES)}, childminder"
    else:
        word = names.NURSERY_WORDS[serial % len(names.NURSERY_WORDS)]
        name = f"{word} {rng.choice(names.NURSERY_KINDS)}, {home.town_name}"
    phase = "Childminder" if childminder else "Childcare on non-domestic premises"
    return Setting(
        urn=f"EY{990_001 + serial}", estab="", name=name, phase=phase, kind="early_years", town=home.town,
        home=home,
        phone=phone(500 + serial), opened=date(2005 + serial % 18, 4, 1),
    )  # fmt: skip


def _person(rng: Random) -> str:
    return f"{rng.choice(names.GIRLS + names.BOYS)} {rng.choice(names.SURNAMES)}"


def _distinct(settings: list[Setting]) -> list[Setting]:
    seen: dict[str, int] = {}
    for setting in settings:
        seen[setting.name] = seen.get(setting.name, 0) + 1
        if seen[setting.name] > 1:
            setting.name = f"{setting.name} ({setting.home.street})"
    return settings
