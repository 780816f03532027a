"""What somebody who prepares the lists asks: what waits, what speaks against a list, who has opened it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Case, Count, F, When

from apps.accounts.models import User
from apps.lists.models import Answer, Incident, Job, Notice, Receipt, Return, Snag, WeeklyList


def newest_job(week: date | None, later: bool = False) -> Job | None:
    """What was last asked for of a week's lists, or of that and any later week's; of any week's where there are no lists yet."""
    asked = Job.objects.order_by("-pk")
    if week is not None:
        asked = asked.filter(week__gte=week) if later else asked.filter(week=week)
    return asked.first()


def notices_of(week: date) -> dict[str, int]:
    """How many e-mails about a week's lists are how far."""
    found = Notice.objects.filter(list__week=week).order_by().values_list("state")
    return dict(found.annotate(number=Count("pk")))


def lists_with(ids: Collection[str]) -> list[int]:
    """Ids of lists from a form, as numbers; anything else is left out."""
    return [int(each) for each in ids if each.isdecimal() and len(each) < 19]


def drafts_of(week: date) -> list[int]:
    """Ids of every draft of a week that nobody has checked."""
    return list(
        WeeklyList.objects.filter(week=week, state=WeeklyList.State.DRAFTED).values_list("pk", flat=True)
    )


def snag_with(pk: int) -> Snag | None:
    """What speaks against a list."""
    return Snag.objects.select_related("list__setting").filter(pk=pk).first()


def incident_with(pk: int) -> Incident | None:
    """The note of a recall."""
    return Incident.objects.select_related("list__setting").filter(pk=pk).first()


def snags_of(listed: WeeklyList) -> list[Snag]:
    """What spoke or speaks against a list, open ones first."""
    return list(listed.snags.order_by(F("settled_at").asc(nulls_first=True), "pk"))


def receipts_of(listed: WeeklyList) -> list[Receipt]:
    """Who has opened a list, in the order they did."""
    return list(listed.receipts.select_related("user").order_by("opened_at", "pk"))


def answers_of(listed: WeeklyList) -> list[Answer]:
    """What the setting has returned of the children this person reaches; what is only being typed is the setting's own."""
    sent = Return.objects.filter(list=listed).first()
    if sent is None:
        return []
    found = Answer.objects.filter(entry__list=listed, saved_at__lte=sent.sent_at)
    worst = Case(When(concern="serious", then=0), When(concern="some", then=1), default=2)
    return list(found.select_related("entry").order_by(worst, "entry__surname", "entry__forename", "pk"))


def names(ids: Collection[int | None]) -> dict[int, str]:
    """Who somebody is, by id."""
    return {user.pk: user.display_name for user in User.objects.filter(pk__in=[each for each in ids if each])}


def list_with(pk: int) -> WeeklyList | None:
    """A list by its number."""
    return WeeklyList.objects.select_related("setting").filter(pk=pk).first()
