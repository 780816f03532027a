"""The action log as it is read: actions of children within reach that are one's agency's, or of reviews to which it is invited."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Min, Q, QuerySet, Subquery
from django.utils import timezone

from apps.access.queries import may, shared_with
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.children.models import Child
from apps.children.policy import ChildPolicy
from apps.core.clock import today
from apps.lists.models import Conversation, Incident
from apps.reviews.models import Action, Contact, LogDay, LogLine
from apps.reviews.queries import own

ORDERS = {
    "due": ("Day", ("due_on", "pk")),
    "owner": ("Who", ("owner", "due_on", "pk")),
    "team": ("Team", ("team", "due_on", "pk")),
    "agency": ("Agency", ("agency__name", "due_on", "pk")),
}
SHOWS = {
    "open": "Open",
    "late": "Over their day",
    "today": "Due today",
    "done": "Ended today",
    "all": "Open, and ended today",
}


@dataclass(frozen=True)
class Asked:
    """Which part of the log."""

    show: str = "all"
    order: str = "due"
    agency: str = ""
    who: str = ""


def told(user: User, of: str = "") -> Q:
    """Whose actions somebody sees; the same as the policy."""
    reached = ChildPolicy.visible(user, of=f"{of}child__")
    if may(user, "review.manage"):
        return reached
    ours = own(user)
    return reached & (
        Q((f"{of}agency__in", ours))
        | Q((f"{of}by_agency__in", ours))
        | Q((f"{of}review__agencies__overlap", ours))
    )


def actions(user: User, asked: Asked) -> QuerySet[Action]:
    """The part of the log asked for."""
    found = Action.objects.filter(told(user)).select_related("child__setting", "agency", "review")
    if asked.agency.isdecimal():
        found = found.filter(agency=int(asked.agency))
    if asked.who:
        found = found.filter(of_whom(user, asked.who))
    return found.filter(part(asked.show)).order_by(*ORDERS.get(asked.order, ORDERS["due"])[1])


def whose(user: User) -> list[tuple[str, str]]:
    """Who does something that is in the log, and the teams, each by a key that names nobody: one of their actions."""
    found = Action.objects.filter(told(user), part("all")).order_by()
    owners = found.values_list("owner", "agency__name").annotate(first=Min("pk"))
    teams = found.exclude(team="").values_list("team", "agency__name").annotate(first=Min("pk"))
    people = [(f"a{first}", f"{name}, {agency}") for name, agency, first in owners]
    named = [(f"t{first}", f"Team {name}, {agency}") for name, agency, first in teams]
    return sorted(people, key=lambda each: each[1]) + sorted(named, key=lambda each: each[1])


def of_whom(user: User, key: str) -> Q:
    """Whose actions a key of ``whose`` asks for: of the same person, or the same team, of the same agency."""
    field = "team" if key[:1] == "t" else "owner"
    of = Action.objects.filter(told(user), pk=int(key[1:]))
    return Q((field, Subquery(of.values(field))), agency=Subquery(of.values("agency")))


def part(show: str) -> Q:
    """Open, late, due today or ended today."""
    still, ended = Q(state=Action.State.OPEN), Q(ended_at__gte=midnight(today()))
    parts = {
        "open": still,
        "late": still & Q(due_on__lt=today()),
        "today": still & Q(due_on=today()),
        "done": ended,
    }
    return parts.get(show, still | ended)


def counts(user: User) -> dict[str, int]:
    """How many of each part there are."""
    found = Action.objects.filter(told(user))
    return {show: found.filter(part(show)).count() for show in ("open", "late", "today", "done")}


def midnight(day: date) -> datetime:
    """The moment a day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def action(user: User, pk: int) -> Action | None:
    """One of them."""
    found = Action.objects.filter(told(user)).select_related("child__setting", "agency", "review")
    return found.filter(pk=pk).first()


def may_end(user: User, of: Action) -> bool:
    """Whether the person says what came of an action: who runs reviews, and the agency that does it."""
    return may(user, "review.manage") or of.agency_id in own(user)


def frozen(user: User, day: date) -> tuple[LogDay | None, list[LogLine]]:
    """A day's log as it stood, of what one may see now."""
    log = LogDay.objects.filter(day=day).first()
    if log is None:
        return None, []
    lines = log.lines.filter(told(user, "action__")).select_related("action__child__setting", "agency")
    return log, list(lines.order_by("due_on", "pk"))


def agencies(user: User) -> list[Agency]:
    """Those whose actions the person sees."""
    found = Action.objects.filter(told(user)).values("agency")
    return list(Agency.objects.filter(pk__in=found).order_by("name"))


def of_child(user: User, child: Child) -> QuerySet[Action]:
    """A child's actions: the open ones, and those that ended in the last month."""
    since = timezone.now() - timedelta(days=31)
    found = Action.objects.filter(
        told(user), Q(state=Action.State.OPEN) | Q(ended_at__gte=since), child=child
    )
    return found.select_related("agency").order_by("due_on", "pk")


def contacts(user: User, child: Child) -> QuerySet[Contact]:
    """A child's contacts: one's own agency's, and those of agencies that share everything in content; all for who runs reviews."""
    found = Contact.objects.filter(child=child).select_related("agency").order_by("-on", "-pk")
    if may(user, "review.manage"):
        return found
    shared = {agency for agency, service in shared_with(user, "content") if service == "*"}
    return found.filter(agency__in={*own(user), *shared})


def list_work(user: User, day: date) -> list[tuple[str, str, date]]:
    """What the weekly lists ask of who prepares them: talks with settings that are due, notes of recalls not yet written. No child."""
    if not may(user, "list.manage"):
        return []
    newest = (
        Conversation.objects.order_by("setting_id", "-on", "-pk")
        .distinct("setting_id")
        .select_related("setting")
    )
    talks = [
        (f"Talk with {each.setting.name}", each.setting.name, each.next_on)
        for each in newest
        if each.next_on and each.next_on <= day
    ]
    recalled = Incident.objects.filter(note="").select_related("list__setting")
    notes = [
        (f"Write what was done about the list recalled from {each.list.setting.name}", each.list.setting.name,
         timezone.localdate(each.started_at))
        for each in recalled
    ]  # fmt: skip
    return sorted(talks + notes, key=lambda each: each[2])
