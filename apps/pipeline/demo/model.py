"""What the borough is made of, before any agency writes it down."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Home:
    """An address and the part of the borough it is in."""

    number: str
    street: str
    town: int
    town_name: str
    postcode: str

    @property
    def line(self) -> str:
        """The address on one line, without its postcode."""
        return f"{self.number} {self.street}, {self.town_name}"


@dataclass(slots=True, eq=False)
class Setting:
    """A school or early years setting, with the codes it goes by."""

    urn: str
    estab: str
    name: str
    phase: str
    kind: str
    town: int
    home: Home
    phone: str
    trust: tuple[str, str] = ("", "")
    predecessor: str = ""
    opened: date | None = None
    lead: str = ""
    sent_as: str = ""


@dataclass(slots=True)
class Worker:
    """A professional as the directory lists them."""

    worker_id: str
    name: str
    job_title: str
    team: str
    agency: str
    phone: str
    email: str
    user_name: str = ""
    left_on: date | None = None


@dataclass(slots=True, eq=False)
class Spell:
    """A time during which a service works with a child, and the latest contact in it."""

    service: str
    start: date
    end: date | None = None
    worker: str = ""
    category: str = ""
    need: str = ""
    place: str = ""
    score: int = 0
    seen: date | None = None
    seen_by: str = ""
    how: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension or permanent exclusion."""

    start: date
    sessions: int
    category: str
    reason: str


@dataclass(slots=True, eq=False)
class Child:
    """One real child: the truth that every agency has heard a little differently."""

    n: int
    family: int
    forename: str
    surname: str
    dob: date
    sex: str
    ethnicity: str
    nhs: str
    home: Home
    middle: str = ""
    known_as: str = ""
    upn: str = ""
    former_upn: str = ""
    uln: str = ""
    former_surname: str = ""
    old_surname: str = ""
    old_home: Home | None = None
    twin: bool = False
    level: str = "N"
    setting: Setting | None = None
    second: Setting | None = None
    entered: date | None = None
    old_setting: Setting | None = None
    old_entered: date | None = None
    left_setting: date | None = None
    absence: float = 0.05
    status: str = ""
    spells: list[Spell] = field(default_factory=list)
    suspensions: list[Suspension] = field(default_factory=list)
    missing: list[tuple[date, date, str]] = field(default_factory=list)
    sdq: int = -1
    died: date | None = None
    left_area: date | None = None
    restricted: str = ""
    csc_known: bool = False

    def open(self, service: str) -> Spell | None:
        """The open spell with a service, if there is one."""
        return next((s for s in self.spells if s.service == service and s.end is None), None)

    def having(self, service: str) -> list[Spell]:
        """Every spell with a service, open or ended."""
        return [s for s in self.spells if s.service == service]


def school_age(dob: date, day: date) -> int:
    """Age on the 31 August before the school year of ``day``: 4 is reception, 15 year 11."""
    start = day.year if day.month >= 9 else day.year - 1
    return start - dob.year - ((dob.month, dob.day) > (8, 31))


def age(dob: date, day: date) -> int:
    """Age in whole years."""
    return day.year - dob.year - ((day.month, day.day) < (dob.month, dob.day))


def school_year(dob: date, day: date) -> str:
    """The national curriculum year: N1, N2, R, 1 to 14."""
    reached = school_age(dob, day)
    return {2: "N1", 3: "N2", 4: "R"}.get(reached, str(max(min(reached - 4, 14), 0)) if reached > 4 else "E2")
