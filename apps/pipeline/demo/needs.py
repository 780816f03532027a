"""Which services work with a child of a given level of need, since when, and in what words."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from apps.pipeline.demo.model import Child, Spell, Suspension, age

Option = tuple[float, int, int, str]

#: Share of families at each level. Siblings often stand one level lower, so children come out lower still.
LEVELS = {"P": 6.0, "R": 7.4, "A": 23.0, "G": 28.0, "N": 37.8}

#: Level: (weight, youngest, oldest, what comes first), and how many further services come on top.
CORES: dict[str, tuple[Option, ...]] = {
    "P": ((55, 0, 17, "looked_after"), (40, 0, 17, "child_protection"), (30, 18, 25, "care_leaver")),
    "R": ((24, 0, 17, "looked_after"), (56, 0, 17, "child_protection"), (20, 0, 17, "child_in_need"), (30,
    18, 25, "care_leaver")),
    "A": ((74, 0, 17, "child_in_need"), (18, 0, 17, "early_help"), (8, 12, 17, "youth_justice"), (20, 18, 25,
    "care_leaver"), (10, 18, 24, "ehcp")),
    "G": (
        (10, 0, 17, "early_help"), (26, 5, 15, "sen_support"), (10, 4, 24, "ehcp"), (10, 6, 17, "camhs"),
        (14, 0, 18, "community_health"),
        (5, 7, 17, "young_carer"), (8, 14, 19, "neet_risk"), (5, 9, 15, "suspended"), (16, 5, 15, "absent"),
        (0.3, 0, 17, "continuing_care"),
    ),
    "N": (),
}  # fmt: skip
FURTHER = {"P": (2, 4), "R": (1, 3), "A": (0, 2), "G": (0, 0), "N": (0, 0)}
EXTRAS: tuple[Option, ...] = (
    (6, 12, 17, "vemt"), (9, 6, 17, "camhs"), (9, 8, 16, "suspended"), (14, 5, 15, "absent"), (5, 12, 18,
    "youth_justice"),
    (8, 5, 15, "sen_support"), (7, 4, 24, "ehcp"), (6, 14, 19, "neet_risk"), (4, 7, 17, "young_carer"), (8,
    0, 18, "community_health"),
    (0.4, 0, 17, "continuing_care"),
)  # fmt: skip
#: Days since it began, fewest and most; and days between contacts.
SINCE = {
    "looked_after": (30, 2_200), "child_protection": (20, 420), "child_in_need": (20, 360),
    "early_help": (10, 300), "care_leaver": (30, 1_500),
    "ehcp": (60, 2_500), "sen_support": (60, 1_400), "camhs": (20, 480), "community_health": (20, 800),
    "continuing_care": (60, 900),
    "youth_justice": (15, 240), "vemt": (15, 260), "neet_risk": (30, 300), "young_carer": (40, 900),
}  # fmt: skip
CONTACT = {
    "looked_after": 42, "child_protection": 14, "child_in_need": 42, "early_help": 28, "camhs": 45,
    "community_health": 90, "youth_justice": 14,
}  # fmt: skip
CATEGORIES = {
    "looked_after": ("C2",) * 9 + ("C1",) * 4 + ("V2",) * 5 + ("E1",),
    "child_protection": ("NEG",) * 9 + ("EMO",) * 7 + ("PHY",) * 2 + ("SAB", "MUL"),
    "child_in_need": ("N1",) * 10 + ("N5",) * 4 + ("N4",) * 3 + ("N2", "N2", "N3", "N6", "N8"),
    "early_help": ("Targeted family support", "Additional help", "Intensive family support"),
    "ehcp": ("ASD",) * 6 + ("SEMH",) * 4 + ("SLCN",) * 4 + ("MLD", "SLD", "PD", "SPLD", "HI", "VI", "PMLD"),
    "sen_support": ("SLCN",) * 6 + ("SEMH",) * 5 + ("MLD",) * 4 + ("SPLD",) * 4 + ("ASD", "ASD", "PD", "HI",
    "OTH"),
    "camhs": ("Anxiety and low mood", "Neurodevelopmental", "Eating disorders", "Getting help",
    "Getting more help", "Crisis and liaison"),
    "community_health": ("Speech and language therapy", "Occupational therapy", "Physiotherapy",
    "Community paediatrics", "School nursing"),
    "continuing_care": ("Overnight care", "Day and school support", "Complex package"),
    "youth_justice": ("Referral order", "Youth rehabilitation order", "Youth conditional caution",
    "Out-of-court disposal", "Youth caution"),
    "vemt": ("Criminal exploitation", "Sexual exploitation", "Missing", "Trafficking"),
    "neet_risk": ("School referral", "RONI score", "Post-16 plan not known"),
    "young_carer": ("Parent, physical illness", "Parent, mental ill health", "Sibling with a disability",
    "Parent, substance misuse"),
    "care_leaver": ("YES",) * 9 + ("NO", "REFU"),
}  # fmt: skip
PLACES = ("U6",) * 8 + ("U4",) * 5 + ("U3",) * 3 + ("U1", "K2", "K2", "K2", "P1", "P1", "H5", "R1")
REASONS = (
    "Parental conflict",
    "Domestic abuse",
    "Parental mental ill health",
    "Behaviour at home",
    "Attendance",
    "Housing",
    "Disability",
)
SUSPENSION_REASONS = ("PP", "PA", "VP", "VA", "DB", "DB", "DB", "DM", "DA", "BU", "OW")


def give(rng: Random, child: Child, monday: date) -> None:
    """Give a child the services of their level, and now and then one that has ended."""
    years = age(child.dob, monday)
    if child.level == "P" and years < 12:
        child.level = "R"
    chosen = _draw(rng, CORES[child.level], years, 1)
    if child.level == "P" and years < 18:
        chosen += ["vemt", "absent" if years < 16 else "youth_justice"]
    if chosen:
        chosen += _draw(
            rng,
            [extra for extra in EXTRAS if extra[3] not in chosen],
            years,
            rng.randint(*FURTHER[child.level]),
        )
    for what in dict.fromkeys(chosen):
        begin(rng, child, what, monday)
    child.absence = max(child.absence, round(rng.betavariate(1.6, 34), 3))
    if rng.random() < 0.10 and years < 18:
        _ended(rng, child, monday)


def _draw(rng: Random, options: Iterable[Option], years: int, count: int) -> list[str]:
    fitting = [option for option in options if option[1] <= years <= option[2]]
    if not fitting or not count:
        return []
    return rng.choices([option[3] for option in fitting], [option[0] for option in fitting], k=count)


def begin(rng: Random, child: Child, what: str, monday: date, days: int | None = None) -> None:
    """A service begins with a child, or a school suspends them, or they stop coming to school."""
    if what == "absent":
        child.absence = round(rng.uniform(0.12, 0.42), 3)
    elif what == "suspended":
        for _ in range(rng.choices((1, 2, 3), (70, 22, 8))[0]):
            child.suspensions.append(suspension(rng, monday, 100))
    else:
        child.spells.append(spell(rng, child, what, monday, days))
        if what in ("looked_after", "child_protection", "child_in_need", "care_leaver"):
            child.csc_known = True
        if what == "looked_after":
            _in_care(rng, child, monday)
        if what == "care_leaver":
            _was_in_care(rng, child)


def suspension(rng: Random, monday: date, within: int) -> Suspension:
    """A suspension, seldom a permanent exclusion, on a weekday of the last days."""
    day = monday - timedelta(days=rng.randint(3, within))
    category = "PERM" if rng.random() < 0.04 else "SUSP"
    return Suspension(
        day - timedelta(days=max(day.weekday() - 4, 0)),
        rng.randint(2, 10),
        category,
        rng.choice(SUSPENSION_REASONS),
    )


def spell(rng: Random, child: Child, service: str, monday: date, days: int | None = None) -> Spell:
    """An open spell, with its category and latest contact."""
    start = max(monday - timedelta(days=days or rng.randint(*SINCE[service])), child.dob + timedelta(days=5))
    made = Spell(service, start, category=rng.choice(CATEGORIES[service]))
    if service == "looked_after":
        made.need, made.place = rng.choice(CATEGORIES["child_in_need"]), rng.choice(PLACES)
    if service in ("early_help", "child_protection"):
        made.need = rng.choice(REASONS) if service == "early_help" else "N1"
    if service == "vemt":
        made.need = rng.choice(("High", "Medium", "Medium", "Low", "Low"))
    if service == "neet_risk":
        made.score = rng.randint(6, 30)
    if service == "community_health" and age(child.dob, monday) < 4:
        made.category = rng.choice(
            ("Health visiting", "Health visiting", "Speech and language therapy", "Community paediatrics")
        )
    contact(rng, made, monday)
    return made


def contact(rng: Random, made: Spell, monday: date) -> None:
    """When the child was last seen in this spell: usually within the interval, now and then long ago."""
    every = CONTACT.get(made.service)
    if every is None:
        return
    ago = rng.randint(0, every) if rng.random() < 0.9 else rng.randint(every, every * 3)
    made.seen = max(made.start, monday - timedelta(days=ago + 3))
    made.how = rng.choice(("Home", "Home", "School", "Office", "Video call"))
    made.alone = rng.random() < 0.7


def _in_care(rng: Random, child: Child, monday: date) -> None:
    if age(child.dob, monday) >= 4:
        child.sdq = rng.randint(3, 30)
    if age(child.dob, monday) >= 11 and rng.random() < 0.3:
        for _ in range(rng.randint(1, 3)):
            start = monday - timedelta(days=rng.randint(5, 110))
            child.missing.append((start, start + timedelta(days=rng.randint(0, 4)), "M"))
        child.missing.sort()


def _was_in_care(rng: Random, child: Child) -> None:
    eighteen = child.dob.replace(year=child.dob.year + 18, day=min(child.dob.day, 28))
    child.spells[-1].start = eighteen
    start = eighteen - timedelta(days=rng.randint(400, 2_500))
    child.spells.append(Spell("looked_after", start, eighteen, category="C2", need="N1", place="U4"))


def _ended(rng: Random, child: Child, monday: date) -> None:
    service = rng.choice(("early_help", "early_help", "child_in_need", "camhs", "community_health"))
    if child.open(service) or child.open("looked_after") or child.open("child_protection"):
        return
    made = spell(rng, child, service, monday, rng.randint(200, 700))
    made.end = max(monday - timedelta(days=rng.randint(10, 180)), made.start + timedelta(days=14))
    made.seen = None if made.end >= monday else made.seen and min(made.seen, made.end)
    if made.end < monday:
        child.spells.append(made)
        child.csc_known |= service == "child_in_need"
