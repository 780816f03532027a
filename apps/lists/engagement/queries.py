"""How one setting works with its lists, over the last weeks."""

from collections import defaultdict

from django.db.models import Count, Exists, F, OuterRef, Subquery

from apps.agencies.models import Agency
from apps.lists.models import Answer, Conversation, Receipt, WeeklyList
from apps.lists.queries import shown

WEEKS = 12


def setting_with(code: str) -> Agency | None:
    """A setting that has had a list."""
    return Agency.objects.filter(Exists(WeeklyList.objects.filter(setting=OuterRef("pk"))), code=code).first()


def weeks_of(setting: Agency) -> list[WeeklyList]:
    """The newest version of each of its last lists, with when it was opened, acknowledged and returned."""
    receipts = Receipt.objects.filter(list=OuterRef("pk"))
    newest = WeeklyList.objects.filter(setting=setting).order_by("-week", "-version").distinct("week")[:WEEKS]
    found = WeeklyList.objects.filter(pk__in=[each.pk for each in newest]).order_by("-week")
    said = receipts.exclude(acknowledged_at=None)
    return list(
        found.annotate(
            opened_at=Subquery(receipts.order_by("opened_at").values("opened_at")[:1]),
            acknowledged_at=Subquery(said.order_by("acknowledged_at").values("acknowledged_at")[:1]),
            returned_at=F("returned__sent_at"),
        )
    )


def bands_of(lists: list[WeeklyList]) -> dict[int, dict[str, int]]:
    """How many of the children the reader reaches are in each band, by list."""
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for listed, band in shown(lists, "band"):
        counted[listed][band] = counted[listed].get(band, 0) + 1
    return counted


def answers_of(lists: list[WeeklyList]) -> dict[int, int]:
    """How many of the children the reader reaches were answered about, by list that was returned."""
    sent = Answer.objects.filter(entry__list__in=lists, saved_at__lte=F("entry__list__returned__sent_at"))
    counted = sent.order_by().values_list("entry__list").annotate(number=Count("pk"))
    return dict(counted)


def conversations_of(setting: Agency) -> list[Conversation]:
    """What was talked about, the newest first."""
    return list(Conversation.objects.filter(setting=setting)[:20])
