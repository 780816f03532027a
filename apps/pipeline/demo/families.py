"""Families and their children: siblings, twins, names that do not all agree."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from apps.pipeline.demo import names
from apps.pipeline.demo.model import Child, age
from apps.pipeline.demo.places import Streets

#: Weight of each year of age in a database of children known to services.
AGES = (2.5, 3, 3.5, 4.5, 5) + (5.5,) * 6 + (6,) * 5 + (4.5, 4, 2.5) + (0.9,) * 7
ETHNICITIES = {
    "WBRI": 78, "WOTH": 4, "WIRI": 0.5, "WIRT": 0.5, "WROM": 0.8, "MWBC": 1.5, "MWBA": 1, "MWAS": 1.2,
    "MOTH": 1, "AIND": 1, "APKN": 3,
    "ABAN": 0.7, "AOTH": 1.2, "BCRB": 0.4, "BAFR": 1.6, "BOTH": 0.4, "CHNE": 0.5, "OOTH": 1.2, "REFU": 0.6,
    "NOBT": 0.9,
}  # fmt: skip
LEVELS = ("P", "R", "A", "G", "N")


def families(
    rng: Random,
    streets: Streets,
    children: int,
    monday: date,
    numbers: Iterator[str],
    levels: dict[str, float],
) -> list[Child]:
    """So many children, in families of one to four; 3 in 100 are twins."""
    made: list[Child] = []
    family = 0
    while len(made) < children:
        family += 1
        made.extend(_family(rng, streets, family, len(made), children - len(made), monday, numbers, levels))
    return made


def _family(rng, streets, family, first, room, monday, numbers, levels) -> list[Child]:
    surname, home = surname_of(rng), streets.home()
    ethnicity = rng.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0]
    level = rng.choices(LEVELS, [levels[code] for code in LEVELS])[0]
    born = _birthday(rng, monday)
    members: list[Child] = []
    for _ in range(min(rng.choices((1, 2, 3, 4), (38, 38, 17, 7))[0], room)):
        if not monday - timedelta(days=9_480) < born < monday - timedelta(days=20):
            break
        child = _child(rng, first + len(members), family, surname, born, ethnicity, next(numbers), home)
        child.level = level if rng.random() < 0.75 else LEVELS[min(LEVELS.index(level) + 1, 4)]
        _unlike_siblings(rng, child, members)
        members.append(child)
        if len(members) < room and rng.random() < 0.015:
            twin = _child(rng, first + len(members), family, surname, born, ethnicity, next(numbers), home)
            twin.twin = child.twin = True
            twin.level = child.level
            _unlike_siblings(rng, twin, members)
            members.append(twin)
        born += timedelta(days=rng.randint(330, 1_500))
    return members or _family(rng, streets, family, first, room, monday, numbers, levels)


def _birthday(rng: Random, monday: date) -> date:
    years = rng.choices(range(26), AGES)[0]
    day = monday - timedelta(days=int(365.25 * years) + rng.randint(20, 364))
    return day if age(day, monday) <= 25 else day + timedelta(days=200)


def _child(rng, n, family, surname, born, ethnicity, nhs, home) -> Child:
    sex = rng.choice("MF")
    pool = names.BOYS if sex == "M" else names.GIRLS
    forename = rng.choice(pool)
    child = Child(n, family, forename, surname, born, sex, ethnicity, nhs, home)
    if rng.random() < 0.6:
        child.middle = rng.choice(pool)
    if rng.random() < 0.35:
        child.known_as = names.KNOWN_AS.get(forename, "")
    if rng.random() < 0.09:
        child.surname, child.former_surname = surname_of(rng), surname if rng.random() < 0.4 else ""
    return child


def _unlike_siblings(rng: Random, child: Child, members: list[Child]) -> None:
    taken = {member.forename for member in members}
    while child.forename in taken:
        child.forename = rng.choice(names.BOYS if child.sex == "M" else names.GIRLS)


def surname_of(rng: Random) -> str:
    """One surname, or two with a hyphen or a space."""
    surname = rng.choice(names.SURNAMES)
    kind = rng.random()
    if kind < 0.07:
        return f"{surname}-{rng.choice(names.SURNAMES)}"
    return f"{surname} {rng.choice(names.SURNAMES)}" if kind < 0.075 else surname
