"""The queue as it is read: a fixed number of statements whatever its length."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, QuerySet, When
from django.utils import timezone

from apps.access.queries import agencies_of, services_seen
from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.children.models import Child
from apps.children.policy import ChildPolicy
from apps.core import sql
from apps.core.clock import today
from apps.extracts.models import Feed
from apps.involvements.catalogue import SERVICES
from apps.involvements.models import Sighting
from apps.involvements.presenters import Known, lead
from apps.involvements.queries import facts, involvements_of, sightings_of
from apps.ragp.models import Change, Override
from apps.ragp.queries import current_assessments
from apps.triage import parts
from apps.triage.models import CohortStay, Decision, Item
from apps.triage.parts import Wanted, end_of_today

#: (id, name, items waiting) of a setting.
School = tuple[int, str, int]
A_PAGE = 25
#: How long after a decision its undo is offered on the queue.
UNDO_OFFERED = timedelta(minutes=15)

#: The setting's name; none where it would say where a hidden child is.
PLACE = Case(When(child__address_hidden=False, then="child__setting__name"))

SORTS = {
    "due": ("Least time left", ("due_at", "pk")),
    "oldest": ("Oldest", ("opened_at", "pk")),
    "newest": ("Newest", ("-opened_at", "-pk")),
    "school": ("School", (PLACE.asc(nulls_last=True), "due_at", "pk")),
}


@dataclass(frozen=True)
class Counts:
    """The figures above the queue."""

    waiting: int
    over: int
    due_today: int
    artefacts: int
    oldest: datetime | None
    decided: int
    undone: int


class Group(NamedTuple):
    """What waits at one setting, or at none."""

    setting: int | None
    name: str
    hidden: bool
    waiting: int
    over: int
    due_today: int
    artefacts: int
    oldest: datetime


def waiting(user: User) -> QuerySet[Item]:
    """Open items of the children the user reaches."""
    return Item.objects.filter(ChildPolicy.visible(user, of="child__"), state=Item.State.OPEN)


def wanted_items(user: User, wanted: Wanted) -> QuerySet[Item]:
    """The part of the queue asked for, in the order asked for."""
    found = waiting(user).select_related("change__before", "change__after", "child__setting")
    return found.filter(*parts.asked(user, wanted)).order_by(*SORTS.get(wanted.sort, SORTS["due"])[1])


def page_of(user: User, wanted: Wanted, number: str | None, waiting: int | None = None) -> Page:
    """One page of the queue; who has counted what waits need not have it counted again."""
    pages = Paginator(wanted_items(user, wanted), A_PAGE)
    if waiting is not None and wanted == Wanted(sort=wanted.sort):
        pages.count = waiting
    return pages.get_page(number)


def item_of(user: User, child: uuid.UUID | None) -> Item | None:
    """The open item of a child, or None where there is none within reach."""
    return wanted_items(user, Wanted()).filter(child__public_id=child).first() if child else None


def random_id(text: str) -> uuid.UUID | None:
    """A child's random id from a form or an address, or None where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def items_of(user: User, children: Collection[uuid.UUID]) -> list[Item]:
    """The newest item of each child, also one that somebody has just decided: the decision must be told of it."""
    found = Item.objects.filter(child__in=Child.objects.visible_to(user), child__public_id__in=children)
    newest = (
        found.select_related("change__before", "change__after", "child__setting")
        .order_by("child_id", "-opened_at", "-pk")
        .distinct("child_id")
    )
    return sorted(newest, key=lambda item: item.due_at)


def counts() -> tuple[Counts, list[School]]:
    """The figures above the queue and those of each setting whose children wait, of the children the signed-in person reaches."""
    moments = {"now": timezone.now(), "day_ends": end_of_today()}
    groups = [Group(*row) for row in sql.rows("triage", "queue_counts", moments)]
    sums = Counts(
        waiting=sum(group.waiting for group in groups),
        over=sum(group.over for group in groups),
        due_today=sum(group.due_today for group in groups),
        artefacts=sum(group.artefacts for group in groups),
        oldest=min((group.oldest for group in groups), default=None),
        **_decided(),
    )
    # a hidden child's school is not named, so that nobody finds the child by it
    named = [
        (group.setting, group.name, group.waiting) for group in groups if group.setting and not group.hidden
    ]
    return sums, sorted(named, key=lambda school: school[1].casefold())


def busiest(most: int) -> tuple[Counts, list[School]]:
    """The same figures, and only the settings where most waits: for a page that names no others."""
    moments = {"now": timezone.now(), "day_ends": end_of_today()}
    rows = sql.rows("triage", "queue_busiest", moments | {"most": most})
    waiting, over, due_today, artefacts, oldest = rows[0][:5]
    sums = Counts(waiting, over, due_today, artefacts, oldest, **_decided())
    return sums, [row[5:] for row in rows if row[5]]


def _decided() -> dict[str, int]:
    """How much was decided in the last seven days, and undone."""
    return Decision.objects.filter(at__gte=timezone.now() - timedelta(days=7)).aggregate(
        decided=Count("pk", filter=Q(undone_at=None)), undone=Count("pk", filter=Q(undone_at__isnull=False))
    )


def officers(user: User) -> list[User]:
    """Those of the user's own agencies who may decide."""
    deciding = [code for code, role in ROLES.items() if "triage.decide" in role.permissions]
    held = Q(memberships__valid_until=None) | Q(memberships__valid_until__gte=today())
    found = User.objects.filter(
        held, is_active=True, memberships__role__in=deciding, memberships__agency__in=agencies_of(user)
    )
    return list(found.distinct().order_by("last_name", "first_name"))


def services_told(user: User) -> list[tuple[str, str]]:
    """The services whose part in a change the person may be told: of their own agencies' feeds, or shown by an agreement."""
    own = Feed.objects.filter(active=True, agency__in=[agency.pk for agency in agencies_of(user)])
    told = services_seen(user, "existence").union(*own.values_list("services", flat=True))
    return [(each.code, each.name) for each in SERVICES.values() if told & {each.code, "*"}]


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Display names of users by id."""
    return {user.pk: user.display_name for user in User.objects.filter(pk__in={each for each in ids if each})}


def last_decisions(user: User) -> list[Decision]:
    """What the user decided last, all of it if several at once, while its undo is still offered."""
    mine = Decision.objects.filter(by=user.pk, undone_at=None, at__gte=timezone.now() - UNDO_OFFERED)
    newest = mine.order_by("-at").values("at")[:1]
    return list(
        mine.filter(at__in=newest, item__state=Item.State.DECIDED)
        .select_related("item__child")
        .order_by("pk")
    )


def decisions_with(user: User, ids: Collection[int]) -> list[Decision]:
    """The user's own decisions with these ids."""
    return list(Decision.objects.filter(pk__in=ids, by=user.pk).order_by("pk"))


@dataclass(frozen=True)
class Around:
    """Who leads on a child and when it was last seen, for the panel beside the queue."""

    lead: Known | None
    seen: Sighting | None


def around(child: Child) -> Around:
    """Read it from the child's current facts, as far as the reader's role may see them."""
    records = list(child.records.values_list("pk", flat=True))
    seen = sightings_of(records)
    return Around(lead(facts(involvements_of(records)), today()), seen[0] if seen else None)


@dataclass(frozen=True)
class Beside:
    """What stands beside some items: cohorts entered, earlier decisions of those that came back, bands as they are, bands set by hand."""

    stays: dict[int, CohortStay]
    earlier: dict[int, Decision]
    bands: dict[int, str]
    overrides: dict[int, Override] = field(default_factory=dict)


def beside(items: Collection[Item]) -> Beside:
    """Read it for a page of items, and nothing where no item needs it."""
    stays = {item.stay_id for item in items if item.stay_id}
    cleared = {item.earlier_id for item in items if item.earlier_id}
    set_by_hand = {item.override_id for item in items if item.override_id}
    bare = [item.child_id for item in items if item.change is None]
    return Beside(
        {each.pk: each for each in CohortStay.objects.filter(pk__in=stays).select_related("cohort")}
        if stays
        else {},
        {each.pk: each for each in Decision.objects.filter(pk__in=cleared)} if cleared else {},
        {child: each.band for child, each in current_assessments(bare).items()} if bare else {},
        {each.pk: each for each in Override.objects.filter(pk__in=set_by_hand)} if set_by_hand else {},
    )


def worked_out() -> datetime | None:
    """When a rating last changed."""
    return Change.objects.order_by("-at").values_list("at", flat=True).first()
