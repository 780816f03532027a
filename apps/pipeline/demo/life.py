"""A week in the borough: what has changed by the second Monday."""

from datetime import timedelta
from random import Random

from apps.pipeline.demo import needs
from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.families import surname_of
from apps.pipeline.demo.identifiers import upn
from apps.pipeline.demo.model import Child, age, school_age
from apps.pipeline.demo.rolls import near
from apps.pipeline.demo.story import once

#: Share of children to whom each thing happens in a week.
OPENINGS = {
    "early_help": 0.003,
    "child_in_need": 0.0022,
    "community_health": 0.003,
    "camhs": 0.002,
    "sen_support": 0.002,
    "neet_risk": 0.0008,
    "young_carer": 0.0006,
    "vemt": 0.0005,
    "youth_justice": 0.0005,
    "looked_after": 0.0003,
    "ehcp": 0.0006,
}
FITTING = {
    "sen_support": (5, 15),
    "neet_risk": (14, 19),
    "young_carer": (7, 17),
    "vemt": (12, 17),
    "youth_justice": (12, 17),
    "camhs": (6, 17),
    "ehcp": (4, 20),
    "early_help": (0, 17),
    "child_in_need": (0, 17),
    "community_health": (0, 17),
    "looked_after": (0, 17),
}
ENDINGS = 0.02
HOUSE_MOVES, SCHOOL_MOVES, NEW_NAMES, SUSPENDED, SEEN = 0.006, 0.004, 0.0015, 0.003, 0.3


def week(borough: Borough) -> dict[str, list[int]]:
    """Move the borough on by seven days; says which children each thing happened to."""
    rng = Random(borough.seed + 1)
    borough.monday = borough.monday_after()
    story = once(rng, borough)
    told = {child for children in story.values() for child in children}
    others = [
        child for child in borough.children if child not in told and not child.died and not child.left_area
    ]
    happened = {name: [child.n for child in children] for name, children in story.items()}
    for name, deed in DEEDS.items():
        happened[name] = [child.n for child in others if deed(rng, borough, child)]
    for child in borough.children:
        borough.staff.allot(child)
    borough.staff.add("TM1001", None, "Team manager", "Assessment", "csc")
    borough.absent = frozenset(
        {"youth_justice", "gias", "wards"}
    )  # one is late, the others come once a month and once a year
    return happened


def _opens(rng: Random, borough: Borough, child: Child) -> bool:
    draw = rng.random()
    for service, share in OPENINGS.items():
        draw -= share
        low, high = FITTING[service]
        if draw < 0:
            if (
                not low <= age(child.dob, borough.monday) <= high
                or child.open(service)
                or child.open("looked_after")
            ):
                return False
            needs.begin(rng, child, service, borough.monday, rng.randint(1, 7))
            return True
    return False


def _steps_up(rng: Random, borough: Borough, child: Child) -> bool:
    """A child in need goes on a protection plan."""
    if rng.random() > 0.02 or not child.open("child_in_need") or child.open("child_protection"):
        return False
    needs.begin(rng, child, "child_protection", borough.monday, rng.randint(1, 6))
    return True


def _ends(rng: Random, borough: Borough, child: Child) -> bool:
    current = [
        s
        for s in child.spells
        if not s.end and s.service != "care_leaver" and s.start < borough.monday - timedelta(days=28)
    ]
    if not current or rng.random() > ENDINGS:
        return False
    spell = rng.choice(current)
    spell.end = borough.monday - timedelta(days=rng.randint(1, 6))
    if spell.service == "child_protection" and not child.open("child_in_need"):
        needs.begin(rng, child, "child_in_need", borough.monday, 1)
    return True


def _moves_house(rng: Random, borough: Borough, child: Child) -> bool:
    if rng.random() > HOUSE_MOVES or child.old_home:
        return False
    child.old_home, child.home = child.home, borough.streets.home()
    return True


def _moves_school(rng: Random, borough: Borough, child: Child) -> bool:
    if (
        rng.random() > SCHOOL_MOVES
        or not child.setting
        or child.setting.phase not in ("Primary", "Secondary")
        or child.second
    ):
        return False
    others = [s for s in borough.places.of(child.setting.phase) if s is not child.setting]
    child.old_setting, child.old_entered = child.setting, child.entered
    child.left_setting = borough.monday - timedelta(days=4)
    child.setting, child.entered = rng.choice(others), borough.monday
    return True


def _changes_name(rng: Random, borough: Borough, child: Child) -> bool:
    if rng.random() > NEW_NAMES:
        return False
    child.old_surname = child.former_surname = child.surname
    child.surname = surname_of(rng)
    return True


def _is_suspended(rng: Random, borough: Borough, child: Child) -> bool:
    if rng.random() > SUSPENDED or not child.setting or not 8 <= age(child.dob, borough.monday) <= 15:
        return False
    child.suspensions.append(needs.suspension(rng, borough.monday, 6))
    return True


def _is_seen(rng: Random, borough: Borough, child: Child) -> bool:
    seen = [s for s in child.spells if s.seen and not s.end]
    if not seen or rng.random() > SEEN:
        return False
    for spell in seen:
        spell.seen = borough.monday - timedelta(days=rng.randint(1, 6))
    return True


def _starts_setting(rng: Random, borough: Borough, child: Child) -> bool:
    """An under-five starts at a setting."""
    if (
        child.setting
        or not 1 <= age(child.dob, borough.monday) <= 3
        or school_age(child.dob, borough.monday) > 3
        or rng.random() > 0.02
    ):
        return False
    child.setting, child.entered, child.status = (
        near(child, borough.places.early_years),
        borough.monday - timedelta(days=4),
        "C",
    )
    return True


def _is_corrected(rng: Random, borough: Borough, child: Child) -> bool:
    """A school replaces a temporary pupil number, keeping the former one."""
    if not child.upn or child.former_upn or rng.random() > 0.0004:
        return False
    child.former_upn, child.upn = (
        child.upn,
        upn(str(8_000 + child.n // 999), borough.monday.year, child.n % 999 + 1),
    )
    return True


DEEDS = {
    "opening": _opens, "step up": _steps_up, "ending": _ends, "house move": _moves_house,
    "school move": _moves_school,
    "new surname": _changes_name, "suspension": _is_suspended, "sighting": _is_seen,
    "starts setting": _starts_setting, "corrected": _is_corrected,
}  # fmt: skip
