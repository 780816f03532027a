"""Reading lists: one setting's for a week, and the week's for every setting."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from apps.accounts.models import User
from apps.agencies.models import SETTING_KINDS, Agency
from apps.children.models import Child
from apps.core.clock import today
from apps.lists.agreements import ended
from apps.lists.counted import counts_of, unseen
from apps.lists.models import Departure, Entry, Receipt, Snag, WeeklyList
from apps.lists.recipients.queries import own_settings, readers
from apps.ragp.models import Band
from apps.ragp.queries import current_bands

A_PAGE = 50
#: First what changed, then the rating from the top, then the name.
CHANGED = ("joined", "up", "down", "changed")


@dataclass(frozen=True)
class Asked:
    """A list with its entries as this reader may see them."""

    listed: WeeklyList
    entries: list[Entry]
    departures: list[Departure]
    before: date | None
    bands: dict[str, Band]

    @property
    def shows_rating(self) -> bool:
        """Whether the agreement lets the setting see ratings."""
        return any(entry.band for entry in self.entries)


#: What a setting's own people may know of.
OUT = (WeeklyList.State.RELEASED, WeeklyList.State.RECALLED)


def newest_lists() -> QuerySet[WeeklyList]:
    """The newest version of every list."""
    return WeeklyList.objects.select_related("setting").order_by("setting_id", "-week", "-version")


def own_list(user: User, code: str, week: date) -> WeeklyList | None:
    """The newest version that is out of one of the user's own settings' lists; None for anybody else's as for a missing one."""
    mine = newest_lists().filter(setting__in=own_settings(user), state__in=OUT)
    return mine.filter(setting__code=code, week=week).first()


def any_list(user: User, code: str, week: date) -> WeeklyList | None:
    """The newest version of any setting's list, for those who manage them all."""
    return newest_lists().filter(setting__code=code, week=week).first()


def others_of(user: User, listed: WeeklyList) -> list[WeeklyList]:
    """The newest list that is out of each other setting whose lists the user opens."""
    found = WeeklyList.objects.filter(setting__in=own_settings(user), state=WeeklyList.State.RELEASED)
    found = found.exclude(setting=listed.setting_id).order_by("setting_id", "-week", "-version")
    return list(found.distinct("setting_id").select_related("setting"))


def newest_of(settings: list[Agency]) -> WeeklyList | None:
    """The newest list of some settings that is out."""
    return (
        WeeklyList.objects.select_related("setting")
        .filter(setting__in=settings, state__in=OUT)
        .order_by("-week", "-version")
        .first()
    )


def weeks_of(setting: Agency) -> list[date]:
    """The weeks a setting has had lists of, newest first."""
    return list(
        WeeklyList.objects.filter(setting=setting, state__in=OUT)
        .order_by("-week")
        .values_list("week", flat=True)
        .distinct()[:12]
    )


def read(listed: WeeklyList, known_only: bool = False) -> Asked:
    """A list as it may be read today: who has died or left since is no longer shown, whatever was frozen."""
    [asked] = read_all([listed], known_only)
    return asked


def read_all(lists: Sequence[WeeklyList], known_only: bool = False) -> list[Asked]:
    """Several lists so, in their order, by as many statements as one."""
    bands, entries, left = current_bands(), defaultdict(list), defaultdict(list)
    for entry in living(Entry.objects.filter(list__in=lists)):
        if not known_only or is_known(entry):
            entries[entry.list_id].append(entry)
    for departure in Departure.objects.filter(list__in=lists).order_by("surname", "forename"):
        left[departure.list_id].append(departure)
    compared = {listed.compared_id for listed in lists if listed.compared_id}
    weeks = dict(WeeklyList.objects.filter(pk__in=compared).values_list("pk", "week")) if compared else {}
    return [
        Asked(
            listed,
            sorted(entries[listed.pk], key=lambda entry: place(entry, bands)),
            left[listed.pk],
            weeks.get(listed.compared_id or 0),
            bands,
        )
        for listed in lists
    ]


def living(entries: QuerySet[Entry]) -> list[Entry]:
    """Those whose child has not died or left the area, each with the child it stands for now."""
    found = list(with_standing(entries))
    over = gone(entry.stands for entry in found)  # type: ignore[attr-defined]
    return [entry for entry in found if entry.stands not in over]  # type: ignore[attr-defined]


def gone(ids: Iterable[int]) -> set[int]:
    """Those of these children who have died or left the area."""
    over = Q(died_on__lte=today()) | Q(left_area_on__lte=today())
    return set(Child.objects.filter(over, pk__in=set(ids)).values_list("pk", flat=True))


def marks_of(lists: Collection[WeeklyList]) -> dict[int, Counter[str]]:
    """By list: how many of the lines that its page shows bear each mark."""
    counted = {each.pk: Counter[str]() for each in lists}
    for listed, mark in shown(lists, "mark"):
        counted[listed][mark] += 1
    return counted


def shown(lists: Collection[WeeklyList], field: str) -> list[tuple[int, str]]:
    """One field of every line that the pages of some lists show, each with its list; the lines themselves stay where they are."""
    lines = with_standing(Entry.objects.filter(list__in=lists))
    found = list(lines.values_list("list_id", field, "stands"))
    over = gone(stands for _, _, stands in found)
    return [(listed, value) for listed, value, stands in found if stands not in over]


def with_standing(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Each entry with the child it ``stands`` for now: its own, or the one that was made one with it since."""
    return entries.annotate(stands=Func("child_id", function="vcdb_standing", output_field=BigIntegerField()))


def since_merged(entry: Entry) -> bool:
    """Whether the child was made one with another since the list was published."""
    return getattr(entry, "stands", entry.child_id) != entry.child_id


def is_known(entry: Entry) -> bool:
    """Whether a service shares anything of the child, or it is rated."""
    return bool(entry.services) or entry.band not in ("", "none")


def place(entry: Entry, bands: dict[str, Band]) -> tuple[bool, int, str, str, int]:
    """Where an entry stands: changed first, then the highest rating, then by name."""
    band = bands.get(entry.band)
    return (entry.mark not in CHANGED, -(band.rank if band else 0), entry.surname, entry.forename, entry.pk)


def published_weeks() -> list[date]:
    """Weeks with lists, newest first."""
    return list(WeeklyList.objects.order_by("-week").values_list("week", flat=True).distinct()[:26])


def lists_of(week: date, kind: str = "", which: str = "", state: str = "") -> QuerySet[WeeklyList]:
    """The newest version of every setting's list of a week, by name; the newest that is out where the state asked for is "out"."""
    versions = WeeklyList.objects.filter(week=week)
    if state == "out":
        versions = versions.filter(state=WeeklyList.State.RELEASED)
    newest = versions.order_by("setting_id", "-version").distinct("setting_id").values("pk")
    found = WeeklyList.objects.filter(pk__in=newest).select_related("setting")
    if kind == "none":
        found = found.exclude(setting__kind__in=SETTING_KINDS)
    elif kind in SETTING_KINDS:
        found = found.filter(setting__kind=kind)
    if state in WeeklyList.State.values:
        found = found.filter(state=state)
    if state == "unopened":
        found = found.filter(state=WeeklyList.State.RELEASED, receipts=None, entry_count__gt=0)
    if state == "snag":
        found = found.filter(Exists(open_snags().filter(list=OuterRef("pk"))))
    if which == "changed":
        found = found.filter(pk__in=[pk for pk, counts in counts_of(found).items() if counts.moved])
    if which == "closed":
        out = found.filter(state=WeeklyList.State.RELEASED)
        found = out.filter(pk__in=ended(list(out.order_by().values_list("pk", flat=True))))
    return found.order_by("setting__name", "pk")


def open_snags() -> QuerySet[Snag]:
    """What is still to be put right, or to be accepted by somebody."""
    return Snag.objects.filter(settled_at=None).order_by("pk")


def page_of(week: date, kind: str, which: str, state: str, number: str | None) -> Page:
    """One page of the week's lists, each with what speaks against it and whether anybody has opened it."""
    opened = Receipt.objects.filter(list=OuterRef("pk")).order_by("opened_at").values("opened_at")[:1]
    acknowledged = Receipt.objects.filter(list=OuterRef("pk"), acknowledged_at__isnull=False)
    found = lists_of(week, kind, which, state).annotate(
        opened_at=Subquery(opened), is_acknowledged=Exists(acknowledged), returned_at=F("returned__sent_at")
    )
    found = found.prefetch_related(Prefetch("snags", queryset=open_snags(), to_attr="open_snags"))
    return Paginator(found, A_PAGE).get_page(number)


def lead_people(settings: Collection[int]) -> dict[int, str]:
    """Names of those who may open the lists of some settings, by setting: one statement."""
    names = defaultdict(list)
    for membership in (
        readers().filter(agency__in=settings).select_related("user").order_by("user__last_name", "pk")
    ):
        names[membership.agency_id].append(membership.user.display_name)
    return {setting: ", ".join(each) for setting, each in names.items()}


def nobody_opens(week: date) -> int:
    """How many of the week's lists nobody at the setting can open."""
    found = lists_of(week).filter(setting__kind__in=SETTING_KINDS)
    return found.exclude(setting__in=readers().values("agency")).count()


def unopened(week: date) -> int:
    """How many settings have opened none of what was released to them."""
    return lists_of(week, state="unopened").filter(setting__kind__in=SETTING_KINDS).count()


def figures(week: date) -> dict[str, int]:
    """The sums of a week's lists, of children the reader is shown."""
    sums = (
        lists_of(week)
        .order_by()
        .aggregate(
            lists=Count("pk"),
            entries=Sum("entry_count"),
            known=Sum("known_count"),
            joined=Sum("joined_count"),
            left=Sum("left_count"),
            changed=Sum("changed_count"),
            corrected=Count("pk", filter=Q(version__gt=1)),
            **{state: Count("pk", filter=Q(state=state)) for state in WeeklyList.State.values},
            opened=Count("pk", filter=Exists(Receipt.objects.filter(list=OuterRef("pk")))),
            returned=Count("pk", filter=Q(returned__isnull=False)),
        )
    )
    less = list(unseen(lists_of(week).values_list("pk", flat=True)).values())
    taken_off = {
        "entries": sum(each.children for each in less),
        "known": sum(each.known for each in less),
        "joined": sum(each.joined for each in less),
        "left": sum(each.left for each in less),
        "changed": sum(each.changed for each in less),
    }
    return {name: (value or 0) - taken_off.get(name, 0) for name, value in sums.items()}


def published_at(week: date) -> datetime | None:
    """When the newest of a week's lists was published."""
    return WeeklyList.objects.filter(week=week).aggregate(at=Max("as_at"))["at"]


def without_list(week: date) -> int:
    """How many open schools and settings have nobody on a list of this week."""
    listed = WeeklyList.objects.filter(week=week).values("setting")
    return Agency.objects.filter(kind__in=SETTING_KINDS, closed_on=None).exclude(pk__in=listed).count()
