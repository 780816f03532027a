"""Which school or setting a child goes to."""

from datetime import date, timedelta
from random import Random

from apps.pipeline.demo.model import Child, Setting, school_age
from apps.pipeline.demo.places import Places

#: Share of under-fives of each school age that attend a setting outside school.
EARLY = {-1: 0.05, 0: 0.3, 1: 0.5, 2: 0.7, 3: 0.93}


def enrol(rng: Random, child: Child, places: Places, monday: date) -> None:
    """Put the child on the roll that fits age and home; a few go to no school, a few to two."""
    reached = school_age(child.dob, monday)
    setting = choose(rng, child, places, reached)
    if setting is None:
        return
    child.setting = setting
    child.status = "C"
    child.entered = entry(rng, child.dob, setting, reached, monday)
    if setting.phase == "Secondary" and rng.random() < 0.012:
        child.second, child.status = rng.choice(places.of("Alternative provision")), "M"
    if setting.phase in ("Primary", "Secondary") and rng.random() < 0.012:
        _came_from(rng, child, places.of(setting.phase), monday)


def _came_from(rng: Random, child: Child, schools: list[Setting], monday: date) -> None:
    """The child joined this term from another school of the borough."""
    child.old_setting = rng.choice([school for school in schools if school is not child.setting])
    child.left_setting = monday - timedelta(days=rng.randint(20, 60))
    child.old_entered = min(child.entered or monday, child.left_setting - timedelta(days=60))
    child.entered = child.left_setting + timedelta(days=3)


def choose(rng: Random, child: Child, places: Places, reached: int) -> Setting | None:
    """A setting for a child of this school age, the same one for brothers and sisters where it can be."""
    draw = rng.random()
    if reached < 3 or (reached == 3 and draw > 0.3):
        return near(child, places.early_years) if rng.random() < EARLY.get(reached, 0) else None
    if reached == 3:
        return near(child, places.of("Nursery") if draw < 0.08 else places.of("Primary"))
    if draw < 0.03 or reached > 18 or (reached > 15 and draw < 0.45) or (reached == 18 and draw < 0.95):
        return None
    if draw > 0.965:
        return near(child, places.of("Special"))
    if reached > 10 and draw > 0.955:
        return near(child, places.of("Alternative provision"))
    return near(child, places.of("Primary" if reached < 11 else "Secondary"))


def near(child: Child, settings: list[Setting]) -> Setting:
    """One of the settings in the child's town, the family's habitual one."""
    close = [setting for setting in settings if setting.town == child.home.town] or settings
    return close[child.family % len(close)]


def entry(rng: Random, dob: date, setting: Setting, reached: int, monday: date) -> date:
    """The day the child joined: usually the September they were due, now and then later."""
    start = monday.year if monday.month >= 9 else monday.year - 1
    if reached < 3 or setting.kind == "early_years":
        started = dob + timedelta(days=rng.randint(270, 700))
        return min(max(started, monday - timedelta(days=700)), monday - timedelta(days=14))
    due = 3 if reached == 3 else 4 if reached < 11 else 11 if reached < 16 else 16
    joined = date(start - (reached - due), 9, 3)
    if rng.random() < 0.08:
        joined = max(joined, monday - timedelta(days=rng.randint(30, 900)))
    return joined
