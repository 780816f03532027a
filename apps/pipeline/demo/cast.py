"""The children whose story the demonstration tells: they are in every borough of any size."""

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from apps.pipeline.demo.model import Child, Spell, age, school_age

if TYPE_CHECKING:
    from apps.pipeline.demo.borough import Borough


def cast(rng: Random, borough: "Borough") -> None:
    """Give the leading parts to the children who fit them best."""
    monday = borough.monday
    children = borough.children
    _tamsin(rng, borough)
    taken = {id(child) for child in borough.parts.values()}
    free = [c for c in children if id(c) not in taken]
    _restricted(borough, free)
    _ageing_out(borough, free, monday)
    _alike(rng, borough, free)


def _tamsin(rng: Random, borough: "Borough") -> None:
    school = borough.places.of("Secondary")[0]
    born = date(borough.monday.year - 13, 3, 14)
    child = min(
        (c for c in borough.children if school_age(c.dob, borough.monday) == 13),
        key=lambda c: abs(c.dob - born),
        default=None,
    )
    if child is None:
        return
    child.forename, child.surname, child.known_as, child.middle, child.sex = (
        "Tamsin",
        "Okafor-Bright",
        "Tam",
        "Ngozi",
        "F",
    )
    child.dob, child.ethnicity, child.level = born, "MWBA", "A"
    child.setting, child.second, child.status, child.entered = (
        school,
        None,
        "C",
        date(borough.monday.year - 2, 9, 3),
    )
    child.spells, child.missing, child.suspensions = [], [], []
    child.csc_known, child.restricted, child.absence = True, "Address", 0.17
    began = borough.monday - timedelta(days=68)
    child.spells.append(
        Spell(
            "child_in_need",
            began,
            category="N1",
            seen=borough.monday - timedelta(days=11),
            how="Home",
            alone=True,
        )
    )
    borough.parts["story"] = child
    borough.children.remove(child)
    borough.children.insert(0, child)


def _restricted(borough: "Borough", free: list[Child]) -> None:
    known = [c for c in free if c.csc_known and age(c.dob, borough.monday) < 17][: max(len(free) // 1_000, 3)]
    for child in known:
        child.restricted = "Address"
    if known:
        known[-1].restricted = "Record"
        borough.parts["hidden"] = known[-1]


def _ageing_out(borough: "Borough", free: list[Child], monday: date) -> None:
    oldest = min(free, key=lambda c: c.dob)
    turning = monday + timedelta(days=3)
    oldest.dob = date(monday.year - 26, turning.month, min(turning.day, 28))
    oldest.spells = [s for s in oldest.spells if s.service in ("care_leaver", "ehcp", "looked_after")]
    borough.parts["ageing out"] = oldest


def _alike(rng: Random, borough: "Borough", free: list[Child]) -> None:
    """Same name and birthday at different addresses, and twins whose forenames a clerk may take for one."""
    known = [c for c in free if 5 <= age(c.dob, borough.monday) <= 15 and c.spells]
    pairs = sorted(known, key=lambda child: child.dob)  # neighbours are in one school year
    for first, second in list(zip(pairs[0::2], pairs[1::2], strict=False))[:4]:
        if first.family != second.family:
            second.forename, second.surname, second.dob, second.sex = (
                first.forename,
                first.surname,
                first.dob,
                first.sex,
            )
            second.former_surname = ""
    twins = [c for c in free if c.twin][:12]
    for first, second in zip(twins[0::2], twins[1::2], strict=False):
        if first.family == second.family:
            first.forename, second.forename = (
                rng.choice((("Amelia", "Amelie"), ("Sara", "Zara"), ("Isla", "Iona")))
                if first.sex == "F"
                else ("Zac", "Zach")
            )
            second.sex = first.sex
            second.known_as = first.known_as = ""
