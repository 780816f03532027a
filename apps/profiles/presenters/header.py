"""The top of a child's page: who the child is, and the four answers needed in five seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from apps.agencies.models import Agency
from apps.children.models import Child, FieldQuestion, RecordAddress, RecordVersion
from apps.children.queries import text_of
from apps.core import words
from apps.core.presenters import NOT_RATED, Change
from apps.core.presenters import Band as BandMark
from apps.involvements.catalogue import ENROLMENTS, SERVICES
from apps.involvements.models import Involvement, Sighting
from apps.involvements.presenters import Group, Known
from apps.ragp.models import Assessment, Band
from apps.ragp.rules import OVER_AGE

BOYS_AND_GIRLS = {
    "M": ("boy", "male"),
    "1": ("boy", "male"),
    "F": ("girl", "female"),
    "2": ("girl", "female"),
}
FIELDS = (
    "surname",
    "forename",
    "middle_names",
    "known_as",
    "dob",
    "sex",
    "nhs_number",
    "upn",
    "died_on",
    "left_area_on",
)


@dataclass(frozen=True)
class Person:
    """Who the child is, as chosen from the agencies' words."""

    surname: str = ""
    forename: str = ""
    middle_names: str = ""
    known_as: str = ""
    dob: date | None = None
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    died_on: date | None = None
    left_area_on: date | None = None

    @property
    def forenames(self) -> str:
        """Forename and middle names."""
        return " ".join(part for part in (self.forename, self.middle_names) if part)

    @property
    def name(self) -> str:
        """ "OKAFOR-BRIGHT, Tamsin"."""
        return words.list_name(self.surname, self.forename)

    def sex_word(self, day: date) -> str:
        """ "girl" or "boy", from eighteen "female" or "male"; empty where not recorded."""
        young, grown = BOYS_AND_GIRLS.get(self.sex.upper(), ("", ""))
        return grown if self.dob and words.months_between(self.dob, day) >= 18 * 12 else young


@dataclass(frozen=True)
class Lead:
    """The lead professional, and the service they lead for."""

    name: str = ""
    role: str = ""
    phone: str = ""
    service: str = ""


@dataclass(frozen=True)
class School:
    """Where the child is on roll; never filled in where that would say where a hidden child is."""

    name: str = ""
    year_group: str = ""
    lead: str = ""
    phone: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Seen:
    """One time that somebody saw the child."""

    on: date
    by: str
    how: str
    agency: str


@dataclass(frozen=True)
class Rating:
    """The band as it stood, since when, and what it was before; `shared` False where the reader may not see ratings."""

    band: BandMark = NOT_RATED
    since: date | None = None
    before: BandMark | None = None
    points: int = 0
    shared: bool = True
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Address:
    """Where the child lives, as the most trusted feed has it; never filled in where it is hidden."""

    lines: str = ""
    source: str = ""
    hidden: bool = False


def person_of(child: Child, versions: Sequence[RecordVersion], past: bool) -> Person:
    """The child's fields now, or chosen again from the words that stood on an earlier day."""
    if not past:
        return Person(**{name: getattr(child, name) for name in FIELDS})
    chosen = {
        name: next((value for each in versions if (value := getattr(each, name))), None) for name in FIELDS
    }
    named = next((each for each in versions if each.surname_key and each.forename_key), None)
    if named:
        chosen |= {"surname": named.surname, "forename": named.forename, "middle_names": named.middle_names}
    return Person(**{name: value for name, value in chosen.items() if value})


def others_say(
    questions: Sequence[FieldQuestion], versions: Sequence[RecordVersion], field: str
) -> list[tuple[str, str]]:
    """What agencies the reader hears offer for a field that is in question: (agency, its word)."""
    offered = {each.offered_version.record_id for each in questions if each.field == field}
    return [(each.feed.agency.name, text_of(each, field)) for each in versions if each.record_id in offered]


def mark_of(code: str, bands: Sequence[Band]) -> BandMark:
    """A band as pages draw it."""
    found = next((band for band in bands if band.code == code), None)
    return BandMark(found.label, found.colour, found.code) if found else NOT_RATED


def rating_of(assessments: Sequence[Assessment], bands: Sequence[Band], shared: bool) -> Rating:
    """The standing rating, and the days on which the band moved."""
    if not shared or not assessments:
        return Rating(shared=shared)
    moves: list[Assessment] = []
    for each in assessments:
        if not moves or moves[-1].band != each.band:
            moves.append(each)
    changes = [
        Change(timezone.localdate(each.assessed_at), mark_of(each.band, bands), cause_of(each))
        for each in moves
    ]
    before = changes[-2].band if len(changes) > 1 else None
    return Rating(changes[-1].band, changes[-1].when, before, assessments[-1].points, True, changes)


def is_rated(person: Person, day: date) -> bool:
    """Whether the child is rated at all: not once it has died, left the area or grown up."""
    gone = [when for when in (person.died_on, person.left_area_on) if when and when <= day]
    return not gone and not (person.dob and words.months_between(person.dob, day) >= OVER_AGE * 12)


def without_points(rating: Rating) -> Rating:
    """The rating without its sums, from which services not shared could be worked out."""
    return replace(rating, points=0, changes=[replace(change, cause="") for change in rating.changes])


def cause_of(assessment: Assessment) -> str:
    """How many points made the band."""
    return words.count(assessment.points, "point")


def school_of(child: Child, involvements: Sequence[Involvement], day: date, past: bool) -> School:
    """The setting now, or the newest enrolment as known on an earlier day; hidden with the address unless the roll itself is seen."""
    enrolled = [
        each for each in involvements if each.service in ENROLMENTS and (not each.end_on or each.end_on > day)
    ]
    if child.address_hidden and not enrolled:
        return School(hidden=True)
    # of two schools the reader sees the roll of one: the other is where the child is hidden, as from the school it left
    told = not child.address_hidden or child.setting_id in {each.setting_id for each in enrolled}
    if not past and told:
        return school(child.setting, child.year_group)
    newest = max(enrolled, key=lambda each: each.start_on or date.min, default=None)
    content = getattr(newest, "content", None)
    return school(
        newest.setting if newest else None, str(content.detail.get("year_group", "")) if content else ""
    )


def school(setting: Agency | None, year: str) -> School:
    """A setting as the page's head shows it."""
    if setting is None:
        return School(year_group=year)
    return School(setting.name, year, setting.safeguarding_lead, setting.phone)


def seen_of(sightings: Sequence[Sighting]) -> list[Seen]:
    """Every sighting, newest first."""
    return [Seen(each.seen_on, each.by, each.how, each.agency.name) for each in sightings]


def address_of(addresses: Sequence[RecordAddress], hidden: bool) -> Address:
    """The address of the most trusted feed that has one."""
    if hidden:
        return Address(hidden=True)
    for each in addresses:
        if each.address or each.postcode:
            lines = ", ".join(line.strip(" ,") for line in each.address.splitlines() if line.strip(" ,"))
            whole = (
                lines
                if each.postcode.lower() in lines.lower()
                else ", ".join(filter(None, (lines, each.postcode)))
            )
            return Address(whole, each.feed.title)
    return Address()


def lead_of(fact: Known | None, groups: Sequence[Group] = ()) -> Lead:
    """Who leads, and for which service; where no worker may be named, the most senior service that knows the child."""
    if fact is not None and fact.worker is not None:
        return Lead(fact.worker.name, fact.worker.role, fact.worker.phone, SERVICES[fact.service].name)
    for line in (line for group in groups for line in group.lines if line.state.kind == "known"):
        return Lead(line.contact.name, line.contact.role, line.contact.phone, line.service.name)
    return Lead()
