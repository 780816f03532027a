"""What the first pages rest on: a few statements for each role, none that grows with the borough for people who work with children."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency, SettingAlias, SharingAgreement
from apps.children.models import Child
from apps.core.clock import today
from apps.extracts.models import Extract, State
from apps.involvements.catalogue import ENROLMENTS, SERVICES
from apps.involvements.models import Involvement, Sighting
from apps.lists.counted import counts_of
from apps.lists.models import Entry, WeeklyList
from apps.lists.queries import living
from apps.matching.models import Question
from apps.profiles.looks import KINDS, Looks, Told, sorted_out
from apps.ragp.models import Change
from apps.reviews.machine import State as ReviewState
from apps.reviews.models import CaseReview
from apps.reviews.queries import visible as visible_reviews

SOON = timedelta(days=30)
KEPT_SECONDS = 900
#: What stands for the setting of a child whose whereabouts the reader may not know.
HIDDEN = "Restricted"


def mine(user: User) -> dict[int, str]:
    """What the user is to each child, by child: the services of current involvements that name them, the most senior first."""
    current = Involvement.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today()),
        recorded_to=None,
        content__worker__user=user,
        record__child__merged_into=None,
    )
    held: dict[int, set[str]] = {}
    for child, service in current.values_list("record__child", "service"):
        held.setdefault(child, set()).add(service)
    return {
        child: ", ".join(SERVICES[code].name for code in SERVICES if code in services)
        for child, services in held.items()
    }


def my_children(ids: Collection[int], user: User) -> list[Child]:
    """Those children, as far as the user still reaches them."""
    return list(Child.objects.visible_to(user).filter(pk__in=ids, died_on=None).select_related("setting"))


def places(children: Collection[Child]) -> dict[int, str]:
    """The setting of each child, as far as the reader may know it: a hidden child's only where the reader sees its own roll."""
    on_roll = Involvement.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today()),
        service__in=ENROLMENTS,
        recorded_to=None,
        record__child__address_hidden=True,
        record__child__in=children,
    )
    seen: dict[int, dict[int | None, str]] = {}
    for child_id, setting, name in on_roll.order_by("pk").values_list(
        "record__child", "setting", "setting__name"
    ):
        seen.setdefault(child_id, {})[setting] = name or ""
    return {child.pk: _place(child, seen.get(child.pk, {})) for child in children}


def _place(child: Child, seen: dict[int | None, str]) -> str:
    if not child.address_hidden or child.setting_id in seen:
        return child.setting.name if child.setting else ""
    return next(iter(seen.values()), HIDDEN)


def last_seen(ids: Collection[int]) -> dict[int, date]:
    """The last day each child was seen, by child."""
    current = Sighting.objects.filter(recorded_to=None, record__child__in=ids)
    return dict(
        current.values_list("record__child")
        .annotate(last=Max("seen_on"))
        .values_list("record__child", "last")
    )


def changes_since(ids: Collection[int], since: datetime) -> dict[int, Change]:
    """The newest change of band of each child since a moment, by child."""
    found = Change.objects.filter(child__in=ids, at__gt=since).order_by("at")
    return {change.child_id: change for change in found}


def services_since(ids: Collection[int], since: datetime) -> dict[int, list[Involvement]]:
    """What began or ended with each child and became known since a moment, by child."""
    day = since.date() - timedelta(days=14)
    fresh = Involvement.objects.filter(
        Q(start_on__gte=day) | Q(end_on__gte=day),
        recorded_to=None,
        recorded_from__gt=since,
        record__child__in=ids,
    )
    answer: dict[int, list[Involvement]] = {}
    for each in fresh.exclude(service__in=ENROLMENTS).select_related("record").order_by("recorded_from"):
        answer.setdefault(each.record.child_id, []).append(each)
    return answer


def changes_this_week(user: User, days: int = 7) -> QuerySet[Change]:
    """Real changes of band of the children the user reaches in the last days, newest first."""
    since = timezone.now() - timedelta(days=days)
    reached = Child.objects.visible_to(user)
    return Change.objects.filter(at__gt=since, nature=Change.Nature.REAL, child__in=reached).order_by("-at")


def reviews_raised(user: User) -> list[CaseReview]:
    """Reviews that nobody has taken up yet, whoever or whatever raised them, oldest first; each with its ``causes``."""
    raised = visible_reviews(user).filter(state=ReviewState.RAISED).select_related("child__setting")
    return list(raised.prefetch_related("causes").order_by("raised_at", "pk")[:50])


def newest_lists(settings: Collection[Agency], most: int = 5) -> list[WeeklyList]:
    """The newest version that is out of each week's list of some settings, newest first."""
    found = (
        WeeklyList.objects.filter(setting__in=settings, state=WeeklyList.State.RELEASED)
        .order_by("-week", "setting_id", "-version")
        .distinct("week", "setting_id")
    )
    return list(found.select_related("setting")[:most])


def entries_moved(weekly: WeeklyList) -> list[Entry]:
    """The entries of a list whose rating moved, up first."""
    moved = weekly.entries.filter(mark__in=(Entry.Mark.UP, Entry.Mark.DOWN)).select_related("child")
    return living(moved.order_by("-mark", "surname", "forename"))


@dataclass(frozen=True)
class Waiting:
    """What waits for a data officer."""

    held: list[Extract]
    questions: int
    settings: int
    newest: dict[int, Extract]


def waiting() -> Waiting:
    """Held extracts, open match questions, settings to map, and each feed's newest extract."""
    newest = Extract.objects.order_by("feed_id", "-received_at").distinct("feed_id")
    return Waiting(
        list(
            Extract.objects.filter(state=State.HELD)
            .annotate(newest_run=Max("runs__pk"))
            .select_related("feed")
            .order_by("-received_at")
        ),
        Question.objects.filter(closed_at=None).count(),
        SettingAlias.objects.filter(setting=None).count(),
        {extract.feed_id: extract for extract in newest},
    )


def lists_this_week(monday: date) -> tuple[int, int]:
    """How many settings have a list for the week, and how many names the reader is shown on the newest of each.

    From what each list says of itself, less what is hidden: counting its entries would ask row-level security about every child.
    """
    newest = (
        WeeklyList.objects.filter(week=monday, state=WeeklyList.State.RELEASED)
        .order_by("setting_id", "-version")
        .distinct("setting_id")
    )
    counts = counts_of(list(newest))
    return len(counts), sum(each.children for each in counts.values())


def agreements() -> list[SharingAgreement]:
    """Agreements in force, the soonest to end first."""
    day = today()
    current = SharingAgreement.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day
    )
    return list(
        current.select_related("provider", "recipient").order_by("valid_until", "provider__name", "pk")
    )


def week_figures() -> tuple[datetime, list[tuple[str, str, str, int, int]]]:
    """The borough's figures now and a week ago, numbers only, and when they were worked out; kept for a quarter of an hour."""
    kept = cache.get("profiles.figures")
    if kept is None:
        now = timezone.now()
        kept = now, _rows("select * from vcdb_figures(%s)", now - timedelta(days=7))
        cache.set("profiles.figures", kept, KEPT_SECONDS)
    else:
        _rows("select vcdb_may_see_figures()")
    return kept


def looks(since: datetime) -> Looks:
    """Every look at a child since a moment, whoever and whatever looked."""
    return sorted_out(Told(*row) for row in _rows("select * from vcdb_looks_by_kind(%s, %s)", since, KINDS))


def sealed() -> tuple[datetime | None, int, datetime | None]:
    """Up to when the audit record is sealed, how many events wait for the next seal, and since when the oldest of them."""
    return _rows("select * from vcdb_sealed()")[0]


def users_by_id(ids: Collection[int]) -> dict[int, str]:
    """Display names by user id."""
    return {user.pk: user.display_name for user in User.objects.filter(pk__in=ids)}


def users() -> tuple[int, int]:
    """How many users are active, and how many of them have no second step."""
    active = User.objects.filter(is_active=True)
    return active.count(), active.filter(authenticator=None).count()


def agencies() -> int:
    """How many agencies are in the address book."""
    return Agency.objects.count()


def runs_unfinished() -> int:
    """How many extracts have been received and neither committed, held nor refused."""
    return Extract.objects.filter(state__in=(State.RECEIVED, State.STAGED)).count()


def queue_answers() -> bool:
    """Whether the queue's server answers."""
    try:
        cache.set("profiles.ping", 1, 5)
        return cache.get("profiles.ping") == 1
    except Exception:  # whatever the client raises, the page must say so rather than fail
        return False


def _rows(statement: str, *params: datetime | list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def fairness_figures() -> tuple[datetime, list[tuple[str, str, str, int, int]]]:
    """(kind of group, group, band, children, of them changed in 90 days), and when they were counted; kept for a quarter of an hour."""
    kept = cache.get("profiles.fairness")
    if kept is None:
        kept = timezone.now(), _rows("select * from vcdb_fairness()")
        cache.set("profiles.fairness", kept, KEPT_SECONDS)
    else:
        _rows("select vcdb_may_see_figures()")
    return kept
