"""The child's page as one shape: what the template draws and the command prints."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from apps.core import words
from apps.core.presenters import NOT_RATED, Band, Freshness
from apps.involvements import presenters as involved
from apps.involvements.catalogue import ENROLMENTS, SERVICES
from apps.involvements.presenters import Contact, Group, Known, Source
from apps.involvements.queries import facts as facts_of
from apps.profiles.presenters import header, measures, record, timeline
from apps.profiles.presenters.family import Relative, family
from apps.profiles.presenters.header import Address, Lead, Person, Rating, School, Seen
from apps.profiles.presenters.measures import Meter
from apps.profiles.presenters.overrides import Judgement, judgement
from apps.profiles.presenters.record import Version
from apps.profiles.presenters.school import SchoolSaid, school_says
from apps.profiles.presenters.timeline import Timeline
from apps.profiles.presenters.why import Why, explained, why_of
from apps.profiles.queries.child import Material


@dataclass(frozen=True)
class Alike:
    """Another record that may be the same child."""

    public_id: UUID
    name: str
    born: date | None


@dataclass(frozen=True)
class Page:
    """Everything a child's page shows to one reader, as known on one day."""

    public_id: UUID
    day: date
    past: bool
    known: bool
    person: Person
    age: str
    sex: str
    provisional: bool
    alike: list[Alike]
    rating: Rating
    line_bands: list[Band]
    judgement: Judgement
    why: Why
    lead: Lead
    seen: list[Seen]
    school: School
    address: Address
    case_numbers: list[tuple[str, str]]
    groups: list[Group]
    counts: list[tuple[str, int, str]]
    enrolments: list[Known]
    phones: list[tuple[str, Contact]]
    timeline: Timeline
    meters: list[Meter]
    school_says: list[SchoolSaid]
    born_elsewhere: list[tuple[str, str]]
    nhs_elsewhere: list[tuple[str, str]]
    family: list[Relative]
    family_rated: bool
    sealed: list[int]
    versions: list[Version]
    differing: int
    fresh: list[Freshness]
    late: list[Freshness]

    @property
    def service_count(self) -> int:
        """How many services the table names."""
        return sum(len(group.lines) for group in self.groups)

    @property
    def last_seen(self) -> Seen | None:
        """The newest sighting."""
        return self.seen[0] if self.seen else None


def page(material: Material, show: str = "", whole: bool = False) -> Page:
    """Work a child's page out of what was read."""
    child, day, sight = material.child, material.moment.day, material.sight
    past = material.moment.at is not None
    facts, seen = facts_of(material.involvements), header.seen_of(material.sightings)
    rating = rating_of(material)
    dated = timeline.everything(facts, seen, material.observations, rating, day)
    person = header.person_of(child, material.versions, past)
    versions = record.versions_of(
        material.versions, material.addresses, material.links, person, child.address_hidden
    )
    groups = involved.summary(facts, material.sources, sight.shares, day)
    fresh = [source.freshness(day) for source in material.sources if sight.of_source(source)]
    return Page(
        public_id=child.public_id,
        day=day,
        past=past,
        known=bool(material.links),
        person=person,
        age=words.age(person.dob, person.died_on or day),
        sex=person.sex_word(day),
        provisional=child.provisional,
        alike=[Alike(each.public_id, each.full_name, each.dob) for each in material.alike],
        rating=rating,
        line_bands=[header.mark_of(band.code, material.bands) for band in material.bands],
        judgement=judgement(
            material.overrides, rating.band.code or NOT_RATED.code, material.bands, sight, day
        ),
        why=why_of(material, header.is_rated(person, day)),
        lead=header.lead_of(involved.lead(facts, day), groups),
        seen=seen,
        school=header.school_of(child, material.involvements, day, past),
        address=header.address_of(material.addresses, child.address_hidden),
        case_numbers=case_numbers(versions, person),
        groups=groups,
        counts=involved.counts(groups),
        enrolments=[fact for fact in facts if fact.service in ENROLMENTS],
        phones=phones(facts, day),
        timeline=timeline.timeline(dated, show, whole),
        meters=measures.meters(material.observations, material.sources, sight.shares_content, day),
        school_says=school_says(material.observations, day),
        born_elsewhere=header.others_say(material.in_question, material.versions, "dob"),
        nhs_elsewhere=header.others_say(material.in_question, material.versions, "nhs_number"),
        family=family(child, material.family, material.bands, sight.rating and not past, day),
        family_rated=sight.rating and not past,
        sealed=material.sealed,
        versions=versions,
        differing=sum(each.differing for each in versions),
        fresh=fresh,
        late=involved.late_of(material.sources, sight.shares, day),
    )


def rating_of(material: Material) -> Rating:
    """The rating, without sums where the reader may not see all that adds up to them."""
    rating = header.rating_of(material.assessments, material.bands, material.sight.rating)
    if all(explained(each, material.sight, material.sources).whole for each in material.assessments):
        return rating
    return header.without_points(rating)


def case_numbers(versions: Sequence[Version], person: Person) -> list[tuple[str, str]]:
    """Each agency's own number of the child and the agency, once; not the numbers that stand beside it anyway."""
    known = {person.upn, person.nhs_number, ""}
    return list(
        dict.fromkeys((each.local_id, each.agency) for each in versions if each.local_id not in known)
    )


def phones(facts: Iterable[Known], day: date) -> list[tuple[str, Contact]]:
    """Every worker with a current involvement once, with the services they work for, the most senior first."""
    order = {code: number for number, code in enumerate(SERVICES)}
    people: dict[Contact, list[str]] = {}
    for fact in sorted(facts, key=lambda each: order.get(each.service, 99)):
        if fact.worker and fact.is_open(day) and fact.service in SERVICES:
            people.setdefault(fact.worker, []).append(SERVICES[fact.service].name)
    return [(", ".join(dict.fromkeys(services)), contact) for contact, services in people.items()]


def as_json(shown: Page) -> dict[str, Any]:
    """The page as plain values, for checks at the command line."""
    return plain(asdict(shown) | {"last_seen": asdict(shown.last_seen) if shown.last_seen else None})


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def freshest(sources: Sequence[Source], day: date) -> Freshness | None:
    """The source that came last, for pages that show no single one."""
    newest = max(sources, key=lambda source: source.as_of or date.min, default=None)
    return Freshness(f"Newest file: {newest.title}", newest.as_of) if newest and newest.as_of else None
