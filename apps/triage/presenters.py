"""The queue's rows, its figures and the panel of one change, ready to draw."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from apps.children.models import Child
from apps.core import words
from apps.core.presenters import Cause, Freshness, Tile, hours
from apps.involvements.presenters import Known
from apps.ragp.models import Band, Change, Override
from apps.ragp.presenters import OTHER_SERVICES, Reason, causes, explain
from apps.triage.models import CohortStay, Decision, Item
from apps.triage.queries import Around, Beside, Counts

Sight = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Row:
    """One change that waits."""

    item: Item
    surname: str
    forenames: str
    note: str
    was: Band | None
    now: Band | None
    artefact: bool
    why: str
    causes: list[Cause]
    with_whom: str
    href: str
    entered: str = ""
    back: str = ""
    told: bool = False
    judged: str = ""
    worried: str = ""

    @property
    def moved(self) -> bool:
        """Whether it is about a change of rating; else the rating is the one that stands."""
        return self.item.change_id is not None

    @property
    def child(self) -> str:
        """The child's random id, the only one that leaves the page."""
        return str(self.item.child.public_id)

    @property
    def name(self) -> str:
        """As it stands in lists."""
        return words.list_name(self.surname, self.forenames)


@dataclass(frozen=True)
class Gained:
    """One reason of the panel with its points, or the line that stands for other services."""

    sign: str
    reason: Reason


@dataclass(frozen=True)
class Detail:
    """The panel of one change: what moved, what it rests on, who to speak to."""

    row: Row
    points: str
    since: date
    moved: list[Gained]
    others: bool
    lead: Known | None
    last_seen: str
    child_url: str
    undecided: bool = True
    reason_before: str = ""


@dataclass(frozen=True)
class Done:
    """What was decided a moment ago, with the way back."""

    who: str
    outcome: str
    ids: list[int] = field(default_factory=list)


NOTHING = Beside({}, {}, {})


def row(
    item: Item,
    bands: Mapping[str, Band],
    names: Mapping[int, str],
    sight: Sight,
    me: int,
    query: str = "",
    beside: Beside = NOTHING,
) -> Row:
    """One line of the queue for this reader."""
    child, change = item.child, item.change
    school, why = school_of(child), why_of(change, sight) if change else ""
    age = words.short_age(child.dob)
    whose = "You" if item.assigned_to == me else names.get(item.assigned_to or 0, "Nobody")
    stay = beside.stays.get(item.stay_id or 0)
    standing = beside.bands.get(item.child_id, "")
    return Row(
        item, child.surname, child.forename, f"{age}, {school}" if age else school,
        bands.get(change.from_band if change else standing), bands.get(change.to_band if change else standing),
        bool(change and change.nature == "artefact"), why, causes_of(item, stay, sight) or no_cause(why), whose,
        f"?{query}{'&' if query else ''}{urlencode({'child': child.public_id})}#decide",
        entered(item, stay), came_back(beside.earlier.get(item.earlier_id or 0), names), item.escalated_at is not None,
        judged(item, beside.overrides.get(item.override_id or 0), bands), item.worried,
    )  # fmt: skip


def causes_of(item: Item, stay: CohortStay | None, sight: Sight) -> list[Cause]:
    """What moved the rating, or by what the child fits the cohort; other services are one line."""
    if item.change:
        return causes(item.change.gained, item.change.lost, sight)
    if item.stay_id is None and item.worried:
        return [Cause("?", "Nothing moved: the setting returned a concern")]
    if item.stay_id is None:
        return [Cause("?", "Nothing moved: somebody set the rating")]
    return causes(stay.contributions, [], everything) if stay else [Cause("?", OTHER_SERVICES)]


def everything(fact: Mapping[str, Any]) -> bool:
    """Whoever may read a stay may be told every fact of it: row-level security has seen to that."""
    return True


def entered(item: Item, stay: CohortStay | None) -> str:
    """Which watched cohort the child entered; not by name to a reader who may not see the facts by which it fits."""
    return stay.cohort.name if stay else "A watched cohort" if item.stay_id else ""


def judged(item: Item, override: Override | None, bands: Mapping[str, Band]) -> str:
    """Which band was set by whom, and what there is to look at; less where it was set on a record the reader does not reach."""
    if override is None:
        return "A rating that was set has to be looked at again" if item.override_id else ""
    label = bands[override.band].label if override.band in bands else override.band
    ended = override.ended_at
    then = f"ended {words.day(ended)}" if ended else f"review due {words.day(override.review_on)}"
    return f"{label}, set by {override.by_name}; {then}"


def came_back(decision: Decision | None, names: Mapping[int, str]) -> str:
    """The decision that stood before the child grew worse: "No further action, Rowan Aldous, 12 Nov 2026"."""
    if decision is None:
        return ""
    who = names.get(decision.by, "")
    return ", ".join(part for part in (decision.get_outcome_display(), who, words.day(decision.at)) if part)


def school_of(child: Child) -> str:
    """The child's setting; nothing of where a hidden child is."""
    if child.address_hidden:
        return "school restricted"
    return child.setting.name if child.setting else "No school or setting"


def why_of(change: Change, sight: Sight) -> str:
    """Why the change may be an artefact; it names feeds, so only to those who may see every service that moved it."""
    moved = [*change.gained, *change.lost]
    return change.why if explain(_Given(moved), sight).whole else "Something in another service’s file"


def no_cause(why: str) -> list[Cause]:
    """What stands where no reason was gained or lost."""
    return [Cause("?", why or "Time alone: a birthday, or a date that was known before")]


def detail(shown: Row, around: Around, sight: Sight, beside: Beside = NOTHING) -> Detail:
    """Everything the decision panel says of one change."""
    item, stay = shown.item, beside.stays.get(shown.item.stay_id or 0)
    change = item.change
    gained = (
        explain(_Given(change.gained), sight)
        if change
        else explain(_Given(stay.contributions if stay else []), everything)
    )
    lost = explain(_Given(change.lost if change else []), sight)
    earlier = beside.earlier.get(item.earlier_id or 0)
    return Detail(
        shown,
        points_of(change, sight) if change else "",
        words.local(change.at if change else item.opened_at),
        [Gained("+", each) for each in gained.reasons] + [Gained("-", each) for each in lost.reasons],
        gained.others or lost.others or bool(item.stay_id and not stay),
        around.lead,
        last_seen(around),
        reverse("profiles:child", args=[item.child.public_id]),
        reason_before=earlier.reason if earlier else "",
    )  # fmt: skip


def points_of(change: Change, sight: Sight) -> str:
    """ "3 to 11 points", to those who may see all that adds up to them."""
    whole = all(explain(each, sight).whole for each in (change.before, change.after) if each)
    before = change.before.points if change.before else 0
    return f"{before} to {words.count(change.after.points, 'point')}" if whole else ""


@dataclass(frozen=True)
class _Given:
    contributions: list[dict[str, Any]]


def last_seen(around: Around) -> str:
    """ "Fri 13 Nov 2026, by J. Marr, in school" or that nobody has said."""
    seen = around.seen
    if seen is None:
        return "not recorded where you can see it"
    return ", ".join(
        part for part in (words.longday(seen.seen_on), seen.by and f"by {seen.by}", seen.how) if part
    )


def tiles(figures: Counts) -> list[Tile]:
    """The figures above the queue, each leading to its part."""
    here = reverse("triage:queue")
    oldest = f"oldest {waited(timezone.now() - figures.oldest)}" if figures.oldest else "nobody waits"
    return [
        Tile("Waiting", figures.waiting, oldest, here),
        Tile(
            "Over time",
            figures.over,
            "" if figures.over else "none late",
            f"{here}?clock=over" if figures.over else "",
        ),
        Tile("Due today", figures.due_today, "", f"{here}?clock=today" if figures.due_today else ""),
        Tile(
            "Likely data artefacts",
            figures.artefacts,
            "",
            f"{here}?kind=artefact" if figures.artefacts else "",
        ),
        Tile("Decided in 7 days", figures.decided, f"{figures.undone} undone" if figures.undone else ""),
    ]


def waited(length: timedelta) -> str:
    """How long something has waited, under an hour in words."""
    return hours(length) if length >= timedelta(hours=1) else "under an hour"


def freshness(worked_out: datetime | None) -> Freshness | str:
    """When changes were worked out."""
    return (
        f"Changes worked out {words.moment(worked_out)}"
        if worked_out
        else Freshness("Changes of rating", None)
    )


def done(decisions: Sequence[Decision]) -> Done | None:
    """The notice of what was decided a moment ago."""
    if not decisions:
        return None
    child = decisions[0].item.child
    who = words.list_name(child.surname, child.forename)
    several = words.count(len(decisions), "child", "children")
    return Done(
        who if len(decisions) == 1 else several,
        decisions[0].get_outcome_display(),
        [each.pk for each in decisions],
    )


def caption(number: int, shown: int, sort: str) -> str:
    """What the table holds, in words."""
    order = {"oldest": "oldest first", "newest": "newest first", "school": "by school"}.get(
        sort, "least time left first"
    )
    wait = "change waits" if number == 1 else "changes wait"
    return f"{number:,} rating {wait} for a decision, {order}." + (
        f" {shown} shown." if shown < number else ""
    )


def together(rows: Collection[Row]) -> str:
    """The heading of a decision about one change or several."""
    return "Decide about one change" if len(rows) == 1 else f"Decide about {len(rows)} changes together"
