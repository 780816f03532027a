"""Everything dated about a child in one line of time, newest first, to be filtered by service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.presenters import Entry
from apps.involvements.catalogue import GROUPS, MEASURES, SERVICES
from apps.involvements.categories import worded
from apps.involvements.models import Observation
from apps.involvements.presenters import Known
from apps.profiles.presenters.header import Rating, Seen

SHOWN = 15
EVERYTHING = "all"
KINDS = {"rating": "Rating changes", "seen": "Seen", "school": "Schools and settings"}
MOMENTARY = frozenset({"exclusion", "social_care_referral"})
ICONS = {"suspension": "i-file", "permanent_exclusion": "i-file", "placement": "i-person"}


@dataclass(frozen=True)
class Dated:
    """One entry and what the filter knows it by."""

    kind: str
    entry: Entry


@dataclass(frozen=True)
class Timeline:
    """The entries shown, how many there are, and the choices of the filter."""

    entries: list[Entry]
    count: int
    chosen: str
    choices: list[tuple[str, str]]

    @property
    def hidden(self) -> int:
        """How many entries are further down."""
        return self.count - len(self.entries)


def timeline(dated: Iterable[Dated], show: str = EVERYTHING, whole: bool = False) -> Timeline:
    """The newest entries of the kind asked for."""
    every = list(dated)
    held = {each.kind for each in every}
    choices = [(code, name) for code, name in {**GROUPS, **KINDS}.items() if code in held]
    if show not in dict(choices):
        show = EVERYTHING
    entries = [each.entry for each in every if show in (EVERYTHING, each.kind)]
    entries.sort(key=lambda entry: entry.when, reverse=True)
    return Timeline(
        entries if whole else entries[:SHOWN], len(entries), show, [(EVERYTHING, "Everything"), *choices]
    )


def everything(
    facts: Sequence[Known], seen: Sequence[Seen], taken: Sequence[Observation], rating: Rating, day: date
) -> list[Dated]:
    """Every dated thing up to the day shown."""
    dated = [
        *(entry for fact in facts for entry in of_involvement(fact)),
        *(of_sighting(each) for each in seen),
        *(entry for each in taken if (entry := of_observation(each))),
        *of_rating(rating),
    ]
    return [each for each in dated if each.entry.when <= day]


def of_involvement(fact: Known) -> list[Dated]:
    """The beginning and the end of an involvement; things of one day once."""
    service = SERVICES.get(fact.service)
    if service is None:
        return []
    kind = "school" if service.enrolment else service.group
    where = fact.setting_name if service.enrolment else ""
    about = (
        ""
        if service.enrolment
        else ", ".join(part for part in (fact.category, fact.worker.words if fact.worker else "") if part)
    )
    detail = f"{about}. From {fact.agency_name}" if about else f"From {fact.agency_name}"
    found = []
    if fact.start:
        once = service.code in MOMENTARY or fact.start == fact.end
        title = (
            service.name
            if once
            else f"Joined: {where or service.name}"
            if service.enrolment
            else f"{service.name} began"
        )
        found.append(Dated(kind, Entry(fact.start, title, detail, "s-known")))
        if once:
            return found
    if fact.end:
        said = "From " + fact.agency_name + (", no longer in its file" if fact.end_inferred else "")
        title = f"Left: {where or service.name}" if service.enrolment else f"{service.name} ended"
        found.append(Dated(kind, Entry(fact.end, title, said, "s-ended")))
    return found


def of_sighting(seen: Seen) -> Dated:
    """A time the child was seen."""
    how = seen.how[:1].lower() + seen.how[1:] if seen.how else ""
    who = ", ".join(part for part in (seen.by, seen.agency) if part)
    return Dated("seen", Entry(seen.on, f"Seen: {how}" if how else "Seen", who, "i-eye"))


def of_observation(taken: Observation) -> Dated | None:
    """A dated measure."""
    measure = MEASURES.get(taken.measure)
    when = taken.on or taken.until
    if measure is None or when is None:
        return None
    service = SERVICES[measure.service]
    kind, value = "education" if service.enrolment else service.group, figure(taken)
    title = f"{measure.name}: {value}" if value else measure.name
    return Dated(kind, Entry(when, title, f"From {taken.agency.name}", ICONS.get(taken.measure, "i-info")))


def figure(taken: Observation) -> str:
    """A measure's value in words."""
    number = f"{taken.value.normalize():f}" if taken.value is not None else ""
    if taken.measure == "attendance" and taken.value is not None:
        return f"{taken.value:.0f}%"
    unit = MEASURES[taken.measure].unit.split(" (")[0] if number else ""
    return ", ".join(part for part in (f"{number} {unit}".strip(), worded(taken.measure, taken.text)) if part)


def of_rating(rating: Rating) -> list[Dated]:
    """The days the band moved."""
    found, before = [], None
    for change in rating.changes:
        title = f"Rating: {before.label} to {change.band.label}" if before else f"Rating: {change.band.label}"
        found.append(Dated("rating", Entry(change.when, title, change.cause, f"r-{change.band.colour}")))
        before = change.band
    return found[::-1]
