"""What happens once in the week: a rating rises, one dies, two leave, one turns 26, twins are born."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from apps.pipeline.demo import needs
from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.model import Child, Spell, age


def once(rng: Random, borough: Borough) -> dict[str, list[Child]]:
    """Carry out each event; says who it happened to."""
    parts = borough.parts
    happened = {"ageing out": [parts["ageing out"]]}
    if "story" in parts:
        happened["rating rises"] = [_to_protection(rng, borough, parts["story"])]
    free = [child for child in borough.children if child not in parts.values()]
    happened["death"] = [_dies(_first(free, _is_pupil_in_need), borough.monday - timedelta(days=4))]
    leaving = [child for child in free if _is_known_pupil(child)][-2:]
    happened["left the area"] = [_leaves(child, borough.monday - timedelta(days=3)) for child in leaving]
    infant = _first(free, lambda child: age(child.dob, borough.monday) < 4 and not child.twin)
    happened["twins"] = [_born(rng, borough, infant, forename) for forename in ("Ava", "Eva")]
    happened["continuing care"] = [_needs_nursing(rng, borough, _first(free, _is_supported))]
    return happened


def _first(children: list[Child], fits: Callable[[Child], object]) -> Child:
    return next(child for child in children if fits(child))


def _is_known_pupil(child: Child) -> bool:
    alive = not child.died and not child.left_area
    return bool(alive and child.csc_known and child.setting and child.setting.kind == "school")


def _is_pupil_in_need(child: Child) -> bool:
    return _is_known_pupil(child) and bool(child.open("child_in_need")) and bool(child.upn)


def _is_supported(child: Child) -> bool:
    return bool(child.open("ehcp")) and not child.open("continuing_care") and not child.died


def _to_protection(rng: Random, borough: Borough, child: Child) -> Child:
    began, seen = borough.monday - timedelta(days=5), borough.monday - timedelta(days=4)
    plan = Spell("child_protection", began, category="NEG", need="N1", seen=seen, how="Home", alone=True)
    child.spells.append(plan)
    child.suspensions.append(needs.suspension(rng, borough.monday, 6))
    child.absence = 0.29
    return child


def _dies(child: Child, day: date) -> Child:
    child.died = day
    _end_all(child, day)
    return child


def _leaves(child: Child, day: date) -> Child:
    child.left_area = day
    _end_all(child, day)
    return child


def _end_all(child: Child, day: date) -> None:
    for spell in child.spells:
        spell.end = spell.end or day
    child.old_setting, child.old_entered, child.left_setting = child.setting, child.entered, day
    child.setting = child.second = None


def _born(rng: Random, borough: Borough, sibling: Child, forename: str) -> Child:
    """A twin whom only health knows as yet."""
    child = Child(
        len(borough.children), sibling.family, forename, sibling.surname, borough.monday - timedelta(days=9), "F",
        sibling.ethnicity, next(borough.numbers), sibling.home, twin=True,
    )  # fmt: skip
    needs.begin(rng, child, "community_health", borough.monday, 4)
    borough.children.append(child)
    return child


def _needs_nursing(rng: Random, borough: Borough, child: Child) -> Child:
    needs.begin(rng, child, "continuing_care", borough.monday, 3)
    return child
