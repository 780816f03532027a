"""What every service says of a child, in four values: known, ended, checked and not known, not checked; or not shared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from apps.core import words
from apps.core.presenters import Freshness, State
from apps.involvements.catalogue import GROUPS, MEASURES, SERVICES, Service

GRACE = timedelta(days=3)
#: Whether an agency's service is shared with the reader.
Shares = Callable[[int, str], bool]
COUNTED = {
    "known": ("s-known", "known"),
    "ended": ("s-ended", "ended"),
    "clear": ("s-clear", "checked, not known"),
    "unchecked": ("s-unchecked", "not checked"),
    "held": ("i-lock", "not shared"),
}


@dataclass(frozen=True)
class Source:
    """A feed and its last committed extract: how far what it says can be relied on."""

    code: str
    title: str
    agency: int
    agency_name: str
    phone: str
    services: frozenset[str]
    every_days: int
    feed_id: int = 0
    as_of: date | None = None
    committed_at: datetime | None = None

    def late_since(self, day: date) -> date | None:
        """The first day without the file that was due, once the days of grace are over; None while it is fresh."""
        if self.as_of is None:
            return None
        due = self.as_of + timedelta(days=self.every_days)
        return due if day > due + GRACE else None

    def is_fresh(self, day: date) -> bool:
        """Whether an absence from this source means something on ``day``."""
        return self.as_of is not None and self.late_since(day) is None

    def freshness(self, day: date) -> Freshness:
        """The line that says how fresh the source is."""
        due = self.late_since(day)
        late = f"{words.span(max((day - due).days, 1))} late" if due else ""
        return Freshness(self.title, self.as_of, late, self.phone)


@dataclass(frozen=True)
class Contact:
    """Who to phone about a service: the worker, or the service itself."""

    name: str = ""
    role: str = ""
    phone: str = ""

    @property
    def words(self) -> str:
        """ "Priya Venn, social worker"."""
        return ", ".join(part for part in (self.name, self.role) if part)


@dataclass(frozen=True)
class Known:
    """One involvement as the reader may see it; ``category`` and ``worker`` stay empty without sight of the content."""

    service: str
    start: date | None = None
    end: date | None = None
    category: str = ""
    worker: Contact | None = None
    agency_name: str = ""
    feed: str = ""
    setting_name: str = ""
    end_inferred: bool = False

    def is_open(self, day: date) -> bool:
        """Whether it goes on at the end of ``day``."""
        return self.end is None or self.end > day


@dataclass(frozen=True)
class Line:
    """One service's row on the child's page."""

    service: Service
    state: State
    category: str = ""
    contact: Contact = field(default_factory=Contact)
    source: Freshness | None = None
    more: int = 0


@dataclass(frozen=True)
class Group:
    """The services of one field of work, with the sources behind them."""

    name: str
    lines: list[Line]
    sources: list[Freshness]


def state_of(facts: Sequence[Known], sources: Sequence[Source], shared: bool, day: date) -> State:
    """The value a service has: what is not shared is held for every child alike, whether anything is known or not."""
    if not shared:
        return State.held()
    if still := [fact for fact in facts if fact.is_open(day)]:
        return State.known(min((fact.start for fact in still if fact.start), default=None))
    if facts:
        last = max(facts, key=lambda fact: fact.end or date.min)
        return State.ended(last.end, last.start)
    return (
        State.clear()
        if any(source.is_fresh(day) for source in sources)
        else State.unchecked(why_unchecked(sources, day))
    )


def why_unchecked(sources: Sequence[Source], day: date) -> str:
    """Why nobody can say: the source is late, has never sent a file, or does not exist."""
    if not sources:
        return "no source sends this"
    due = [late for source in sources if (late := source.late_since(day))]
    return f"source late since {words.day(max(due))}" if due else "source has never come"


def line(
    service: Service,
    facts: Sequence[Known],
    sources: Sequence[Source],
    shares: Shares,
    day: date,
    colleagues: Mapping[str, Contact] | None = None,
) -> Line:
    """One service's row: its state, who to phone and where it comes from; ``colleagues`` are each agency's worker with the child."""
    sends = senders(service, sources)
    shared = [source for source in sends if shares(source.agency, service.code)]
    if sends and not shared:
        return Line(service, State.held(), contact=ask(sends[0]))
    state = state_of(facts, shared, True, day)
    best = best_source(facts, shared)
    told = [fact for fact in facts if fact.is_open(day) or state.kind == "ended"]
    newest = max(told, key=lambda fact: (bool(fact.worker), fact.start or date.min), default=None)
    named = newest and (newest.worker or (colleagues or {}).get(newest.agency_name))
    return Line(
        service,
        state,
        category=newest.category if newest else "",
        contact=named or (Contact() if state.kind == "clear" else ask(best)),
        source=best.freshness(day) if best else None,
        more=max(len(facts) - 1, 0),
    )


def best_source(facts: Sequence[Known], sources: Sequence[Source]) -> Source | None:
    """The source a row rests on: one that knows the child, else the one that came last."""
    told = {fact.feed for fact in facts}
    return max(sources, key=lambda source: (source.code in told, source.as_of or date.min), default=None)


def ask(source: Source | None) -> Contact:
    """The service itself, where no worker may be named."""
    return Contact(source.agency_name, "ask the service", source.phone) if source else Contact()


def summary(facts: Iterable[Known], sources: Sequence[Source], shares: Shares, day: date) -> list[Group]:
    """One row for every service of the catalogue, grouped; enrolments apart."""
    facts = list(facts)
    by_service: dict[str, list[Known]] = {}
    with_child = colleagues(facts, day)
    for fact in facts:
        by_service.setdefault(fact.service, []).append(fact)
    groups = []
    for code, name in GROUPS.items():
        lines = [
            line(service, by_service.get(service.code, []), sources, shares, day, with_child)
            for service in SERVICES.values()
            if service.group == code and not service.enrolment
        ]
        fresh = {each.source.source: each.source for each in lines if each.source}
        groups.append(Group(name, lines, list(fresh.values())))
    return groups


def colleagues(facts: Iterable[Known], day: date) -> dict[str, Contact]:
    """The worker each agency has with the child now, its most senior: they know of the agency's other involvements too."""
    order = {code: number for number, code in enumerate(SERVICES)}
    named = [fact for fact in facts if fact.worker and fact.is_open(day)]
    ranked = sorted(named, key=lambda fact: order.get(fact.service, len(order)), reverse=True)
    return {fact.agency_name: fact.worker for fact in ranked if fact.worker}


def senders(service: Service, sources: Sequence[Source]) -> list[Source]:
    """The sources that send a service."""
    return [source for source in sources if service.code in source.services]


def late_of(sources: Iterable[Source], shares: Shares, day: date) -> list[Freshness]:
    """The sources that are late, of those that send a service the reader may know of; the longest silent first."""
    late = [source for source in sources if source.late_since(day)]
    told = [each for each in late if any(shares(each.agency, code) for code in each.services)]
    return [each.freshness(day) for each in sorted(told, key=lambda source: (source.as_of, source.title))]


def unchecked(subject: str, sources: Sequence[Source], day: date) -> bool:
    """Whether no fresh source says anything of a service or a measure, so that its absence means nothing."""
    return not any(source.is_fresh(day) for source in senders_of(subject, sources))


def senders_of(subject: str, sources: Sequence[Source]) -> list[Source]:
    """The sources that send a service or take a measure: those known to bring the measure, else all of its service."""
    if subject in SERVICES:
        return senders(SERVICES[subject], sources)
    measure = MEASURES[subject]
    taken = [source for source in sources if source.code in measure.feeds]
    return taken or senders(SERVICES[measure.service], sources)


def counts(groups: Iterable[Group]) -> list[tuple[str, int, str]]:
    """(mark, how many services, the state in words) for the line above the table; states no service has are left out."""
    kinds = [each.state.kind for group in groups for each in group.lines]
    return [(mark, kinds.count(kind), said) for kind, (mark, said) in COUNTED.items() if kind in kinds]


def lead(facts: Iterable[Known], day: date) -> Known | None:
    """The most senior current involvement that names a worker: the order of the catalogue is the order of seniority."""
    order = {code: number for number, code in enumerate(SERVICES)}
    named = [fact for fact in facts if fact.worker and fact.is_open(day) and fact.service in order]
    return min(
        named, key=lambda fact: (order[fact.service], -(fact.start or date.min).toordinal()), default=None
    )
