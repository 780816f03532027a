"""Invented children: who they are, where they live, and their numbers, each of which belongs to one child alone."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from apps.pipeline.demo import identifiers, names

#: A quarter of children have one of the commonest surnames, as in any borough.
COMMON = "Smith Jones Khan Ahmed Taylor Brown Williams Hussain Wilson Patel Davies Ali Evans Begum Singh Robinson".split()
YOUNGEST, OLDEST = date(2010, 1, 1), date(2024, 12, 28)


@dataclass(frozen=True)
class Home:
    """Where somebody lives."""

    address: str
    postcode: str


@dataclass(frozen=True)
class Child:
    """A child as everything truly is."""

    key: str
    surname: str
    forename: str
    middle_names: str
    dob: date
    sex: str
    nhs_number: str
    upn: str
    home: Home
    mother: str


class Cast:
    """Draws children, always the same for a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(f"scenarios {seed}")
        self.made = 0
        self._numbers = self._nhs_numbers()

    def child(self, **fixed: object) -> Child:
        """Somebody new, as given where it is given."""
        self.made += 1
        sex = self.chance.choice("MF")
        surname = str(fixed.get("surname") or self.surname())
        drawn = Child(
            key=f"child-{self.made:04}",
            surname=surname,
            forename=self.forename(sex),
            middle_names=self.forename(sex) if self.chance.random() < 0.4 else "",
            dob=self.birthday(),
            sex=sex,
            nhs_number=next(self._numbers),
            upn=self.upn(),
            home=self.home(),
            mother=f"{self.chance.choice(names.GIRLS)} {surname}",
        )
        return replace(drawn, **fixed)  # type: ignore[arg-type]

    def sibling(self, child: Child, **fixed: object) -> Child:
        """A brother or sister at home, one to five years apart."""
        apart = timedelta(days=self.chance.randint(300, 1_800))
        dob = child.dob - apart if child.dob - apart > YOUNGEST else child.dob + apart
        family = {"surname": child.surname, "home": child.home, "mother": child.mother, "dob": dob}
        other = self.child(**{**family, **fixed})
        return (
            other if "forename" in fixed else replace(other, forename=self.unlike(child.forename, other.sex))
        )

    def twin(self, child: Child, **fixed: object) -> Child:
        """A brother or sister of the same day."""
        return self.sibling(child, **{"dob": child.dob, **fixed})

    def surname(self) -> str:
        """A surname; the common ones are common."""
        return self.chance.choice(COMMON if self.chance.random() < 0.25 else names.SURNAMES)

    def forename(self, sex: str) -> str:
        """A forename."""
        return self.chance.choice(names.BOYS if sex == "M" else names.GIRLS)

    def unlike(self, forename: str, sex: str) -> str:
        """A forename that nobody takes for this one."""
        while True:
            other = self.forename(sex)
            if other[0] != forename[0] and not set(other[:3].lower()) >= set(forename[:3].lower()):
                return other

    def birthday(self) -> date:
        """A day on which day and month cannot be taken for each other's, and that every year has."""
        while True:
            day = YOUNGEST + timedelta(days=self.chance.randint(0, (OLDEST - YOUNGEST).days))
            if 12 < day.day < 29:
                return day

    def home(self) -> Home:
        """A house of its own."""
        street = f"{self.chance.choice(names.STREET_WORDS)} {self.chance.choice(names.STREET_KINDS)}"
        line = f"{self.chance.randint(1, 180)} {street}, {self.chance.choice(names.TOWNS)}"
        return Home(line, identifiers.postcode(self.chance.randrange(72_000)))

    def nhs_number(self) -> str:
        """An NHS number that is nobody else's."""
        return next(self._numbers)

    def upn(self) -> str:
        """A UPN that is nobody else's."""
        self._upns = getattr(self, "_upns", self.chance.randrange(900_000)) + 1
        estab, serial = divmod(self._upns, 1_000)
        return identifiers.upn(f"{2000 + estab % 5_000:04}", 2010 + estab % 14, serial)

    def _nhs_numbers(self) -> Iterator[str]:
        serial = self.chance.randrange(900_000)
        while True:
            serial = (serial + 7_919) % 999_998
            if number := identifiers.nhs_number(serial):
                yield number
