"""Who has what, who takes which school, what is to be looked at again: numbers for the most part."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.agencies.models import SETTING_KINDS, Agency
from apps.children.models import Child
from apps.core import sql
from apps.triage.models import Allocation, Decision, Digest, Draw, Item, SavedView, SecondLook
from apps.triage.parts import end_of_today
from apps.triage.queries import names, waiting


@dataclass(frozen=True)
class Load:
    """What waits with one officer, or with nobody, and what the officer decided in seven days."""

    officer: int | None
    name: str
    waiting: int = 0
    over: int = 0
    due_today: int = 0
    escalated: int = 0
    decided: int = 0


@dataclass(frozen=True)
class Agreement:
    """How many decisions of one officer were looked at again, and how many of them found right."""

    name: str
    looked: int
    agreed: int

    @property
    def percent(self) -> int:
        """Of a hundred."""
        return round(100 * self.agreed / self.looked) if self.looked else 0


class Held(NamedTuple):
    """What waits with one officer, or with nobody."""

    officer: int | None
    waiting: int
    over: int
    due_today: int
    escalated: int


def counted() -> list[Held]:
    """By officer, of the children that the person asked for reaches."""
    moments = {"now": timezone.now(), "day_ends": end_of_today()}
    return [Held(*row) for row in sql.rows("triage", "workload_counts", moments)]


def workload(officers: list[User]) -> list[Load]:
    """A line for each officer, for whoever else has something, and for what nobody has; the most first, nobody's last."""
    held = {row[0]: row[1:] for row in counted()}
    week = Decision.objects.filter(at__gte=timezone.now() - timedelta(days=7), undone_at=None)
    decided = dict(week.values_list("by").annotate(number=Count("pk")).values_list("by", "number"))
    known = {officer.pk: officer.display_name for officer in officers}
    known |= names(held.keys() - known.keys())
    loads = [Load(pk, name, *held.get(pk, (0, 0, 0, 0)), decided.get(pk, 0)) for pk, name in known.items()]
    loads.sort(key=lambda load: (-load.waiting, load.name))
    return loads + ([Load(None, "Nobody", *held[None])] if None in held else [])


def views_of(user: User) -> list[SavedView]:
    """The person's own views, and those shared in their team."""
    shared = Q(team__in=[agency.pk for agency in agencies_of(user)])
    return list(SavedView.objects.filter(shared | Q(owner=user.pk)).order_by("name", "pk"))


def view(user: User, key: str) -> SavedView | None:
    """One of them."""
    return next((each for each in views_of(user) if str(each.pk) == key), None)


def allocations() -> list[tuple[Allocation, str]]:
    """Who takes what, by name of the school or area."""
    found = list(Allocation.objects.select_related("setting").order_by("setting__name", "area"))
    who = names(each.officer for each in found)
    return [(each, who.get(each.officer, "Somebody who left")) for each in found]


def allocation(key: str) -> Allocation | None:
    """One of them."""
    return Allocation.objects.filter(pk=int(key)).first() if key.isdecimal() else None


def settings() -> list[tuple[int, str]]:
    """Schools and early years settings that are open."""
    found = Agency.objects.filter(kind__in=SETTING_KINDS, closed_on=None).order_by("name")
    return list(found.values_list("pk", "name"))


def told(user: User) -> QuerySet[Item]:
    """What supervisors were told of and still waits, the longest over first."""
    found = waiting(user).filter(escalated_at__isnull=False)
    return found.select_related("change", "child__setting").order_by("due_at", "pk")


def looks(user: User) -> QuerySet[SecondLook]:
    """Decisions drawn for a second look that nobody has had yet, of the children the person reaches; not their own."""
    reached = SecondLook.objects.filter(
        agrees=None, decision__undone_at=None, decision__item__child__in=Child.objects.visible_to(user)
    ).exclude(decision__by=user.pk)
    return reached.select_related("decision__item__change", "decision__item__child__setting").order_by("pk")


def look(user: User, key: str) -> SecondLook | None:
    """One of those, or one that somebody has just had: they must be told of it."""
    reached = SecondLook.objects.filter(decision__item__child__in=Child.objects.visible_to(user))
    return reached.select_related("decision__item").filter(pk=int(key)).first() if key.isdecimal() else None


def agreement() -> list[Agreement]:
    """For each officer, of everything that was looked at again."""
    had = SecondLook.objects.filter(agrees__isnull=False).order_by().values_list("decision__by")
    rows = list(had.annotate(looked=Count("pk"), agreed=Count("pk", filter=Q(agrees=True))))
    who = names(row[0] for row in rows)
    return sorted(
        (Agreement(who.get(by, "Somebody who left"), looked, agreed) for by, looked, agreed in rows),
        key=lambda each: each.name,
    )


def last_draw() -> Draw | None:
    """The newest draw."""
    return Draw.objects.order_by("-week").first()


def wants_digest(user: User) -> bool:
    """Whether the person asked for the daily e-mail."""
    return Digest.objects.filter(user=user).exists()
