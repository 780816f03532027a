"""The borough as it is on the first Monday."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Self

from apps.pipeline.demo import needs
from apps.pipeline.demo.cast import cast
from apps.pipeline.demo.families import Families
from apps.pipeline.demo.identifiers import nhs_numbers, upn
from apps.pipeline.demo.model import Child, school_age
from apps.pipeline.demo.places import Places, Streets, schools_and_settings
from apps.pipeline.demo.rolls import enrol
from apps.pipeline.demo.staff import Staff

CHILDREN = 10_380
SEED = 2026


@dataclass
class Borough:
    """Children, settings and staff on a Monday; ``life.week`` moves it on by seven days."""

    seed: int
    monday: date
    children: list[Child]
    places: Places
    staff: Staff
    streets: Streets
    numbers: Iterator[str]
    absent: frozenset[str] = frozenset()
    parts: dict[str, Child] = field(default_factory=dict)

    @classmethod
    def generate(cls, children: int = CHILDREN, seed: int = SEED, monday: date = date(2026, 11, 9)) -> Self:
        """The same borough for the same seed, number of children and Monday."""
        rng = Random(seed)
        streets = Streets(rng, children // 2)
        places = schools_and_settings(rng, streets, children)
        numbers = nhs_numbers()
        made = Families(rng, streets, monday, numbers, needs.LEVELS).draw(children)
        borough = cls(seed, monday, made, places, Staff(rng), streets, numbers)
        borough.settle(rng)
        return borough

    def settle(self, rng: Random) -> None:
        """Send the children to school, give them the services of their level, and those their workers."""
        serials: dict[tuple[str, int], int] = {}
        for child in self.children:
            enrol(rng, child, self.places, self.monday)
            needs.give(rng, child, self.monday)
            self._number(rng, child, serials)
        cast(rng, self)
        for child in self.children:
            self._known_somewhere(rng, child)
            self.staff.allot(child)

    def _number(self, rng: Random, child: Child, serials: dict[tuple[str, int], int]) -> None:
        if school_age(child.dob, self.monday) < 3 or not (
            child.setting and child.setting.kind == "school" or child.csc_known or child.open("ehcp")
        ):
            return
        year = min(child.dob.year + 4 + ((child.dob.month, child.dob.day) > (8, 31)), self.monday.year)
        primaries = self.places.of("Primary")
        school = (
            child.setting
            if child.setting and child.setting.phase in ("Primary", "Nursery")
            else primaries[child.family % len(primaries)]
        )
        serials[school.estab, year] = serial = serials.get((school.estab, year), 0) + 1
        child.upn = upn(school.estab, year, serial)
        if rng.random() < 0.015:
            child.former_upn = upn(
                primaries[(child.family + 1) % len(primaries)].estab, year, 999 - serial % 900
            )
        if school_age(child.dob, self.monday) >= 13:
            child.uln = str(9_990_000_000 + child.n)

    def _known_somewhere(self, rng: Random, child: Child) -> None:
        if child.spells or child.csc_known or child.setting:
            return
        reached = school_age(child.dob, self.monday)
        what = (
            "community_health"
            if reached < 4
            else "early_help"
            if reached < 12
            else "neet_risk"
            if reached < 20
            else "ehcp"
        )
        needs.begin(rng, child, what, self.monday)

    def monday_after(self) -> date:
        """The next Monday."""
        return self.monday + timedelta(days=7)
