"""Families and their children: siblings, twins, names that do not all agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from apps.pipeline.demo import names
from apps.pipeline.demo.model import Child, Home, age
from apps.pipeline.demo.places import Streets

#: Weight of each year of age in a database of children known to services.
AGES = (2.5, 3, 3.5, 4.5, 5) + (5.5,) * 6 + (6,) * 5 + (4.5, 4, 2.5) + (0.9,) * 7
ETHNICITIES = {
    "WBRI": 78, "WOTH": 4, "WIRI": 0.5, "WIRT": 0.5, "WROM": 0.8, "MWBC": 1.5, "MWBA": 1, "MWAS": 1.2,
    "MOTH": 1, "AIND": 1, "APKN": 3, "ABAN": 0.7, "AOTH": 1.2, "BCRB": 0.4, "BAFR": 1.6, "BOTH": 0.4,
    "CHNE": 0.5, "OOTH": 1.2, "REFU": 0.6, "NOBT": 0.9,
}  # fmt: skip
LEVELS = ("P", "R", "A", "G", "N")
SIZES = ((1, 38), (2, 38), (3, 17), (4, 7))
TWINS = 0.015


@dataclass
class Shared:
    """What the members of one family share."""

    family: int
    surname: str
    home: Home
    ethnicity: str
    level: str


@dataclass
class Families:
    """Draws families of one to four children; 3 children in 100 are twins."""

    rng: Random
    streets: Streets
    monday: date
    numbers: Iterator[str]
    levels: dict[str, float]

    def draw(self, children: int) -> list[Child]:
        """So many children."""
        made: list[Child] = []
        family = 0
        while len(made) < children:
            family += 1
            made.extend(self._family(family, len(made), children - len(made)))
        return made

    def _family(self, family: int, first: int, room: int) -> list[Child]:
        shared = self._shared(family)
        born = self._birthday()
        members: list[Child] = []
        for _ in range(self.rng.choices(*zip(*SIZES, strict=True))[0]):
            if len(members) >= room or not self._is_of_age(born):
                break
            members.append(self._child(first + len(members), shared, born, members))
            if len(members) < room and self.rng.random() < TWINS:
                members.append(self._child(first + len(members), shared, born, members))
                members[-1].level, members[-1].twin, members[-2].twin = members[-2].level, True, True
            born += timedelta(days=self.rng.randint(330, 1_500))
        return members

    def _shared(self, family: int) -> Shared:
        ethnicity = self.rng.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0]
        level = self.rng.choices(LEVELS, [self.levels[code] for code in LEVELS])[0]
        return Shared(family, surname_of(self.rng), self.streets.home(), ethnicity, level)

    def _birthday(self) -> date:
        years = self.rng.choices(range(26), AGES)[0]
        day = self.monday - timedelta(days=int(365.25 * years) + self.rng.randint(20, 364))
        return day if age(day, self.monday) <= 25 else day + timedelta(days=200)

    def _is_of_age(self, born: date) -> bool:
        return self.monday - timedelta(days=9_480) < born < self.monday - timedelta(days=20)

    def _child(self, n: int, shared: Shared, born: date, members: list[Child]) -> Child:
        rng = self.rng
        sex = rng.choice("MF")
        pool = names.BOYS if sex == "M" else names.GIRLS
        taken = {member.forename for member in members}
        forename = rng.choice([name for name in rng.sample(pool, 6) if name not in taken])
        nhs = next(self.numbers)
        child = Child(
            n, shared.family, forename, shared.surname, born, sex, shared.ethnicity, nhs, shared.home
        )
        child.middle = rng.choice(pool) if rng.random() < 0.6 else ""
        child.known_as = names.KNOWN_AS.get(forename, "") if rng.random() < 0.35 else ""
        if rng.random() < 0.09:
            child.former_surname = shared.surname if rng.random() < 0.4 else ""
            child.surname = surname_of(rng)
        child.level = shared.level if rng.random() < 0.75 else one_lower(shared.level)
        return child


def one_lower(level: str) -> str:
    """The level below, where there is one."""
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def surname_of(rng: Random) -> str:
    """One surname, or two with a hyphen or a space."""
    surname = rng.choice(names.SURNAMES)
    kind = rng.random()
    if kind < 0.07:
        return f"{surname}-{rng.choice(names.SURNAMES)}"
    return f"{surname} {rng.choice(names.SURNAMES)}" if kind < 0.075 else surname
