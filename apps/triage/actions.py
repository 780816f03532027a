"""What happens to the queue: items open, wait with somebody, run out of time, are decided, and decisions are undone."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import commit_moment, today
from apps.core.errors import Refused
from apps.core.words import count, moment
from apps.ragp.rules import OVER_AGE
from apps.triage.models import Decision, Item
from apps.triage.rules import check_same_kind, due_moments

#: Said to whoever decides about something that is no longer what they were shown.
CHANGED = "What waits about {} has changed since you opened it. Nothing of yours was saved: look at it as it is now, below."


@transaction.atomic
def open_items(*, by: User | int | str | None) -> dict[str, int]:
    """Bring the queue up to date with the changes of rating, and with who entered a watched cohort: withdraw, overtake, open."""
    at = commit_moment()
    due = {days: moment.isoformat() for days, moment in due_moments(today()).items()}
    day = {"at": at, "today": today(), "over_age": OVER_AGE, "due": json.dumps(due)}
    done = {step: _step(step, day) for step in ("withdraw", "overtake", "open", "join_entry", "enter")}
    if any(done.values()):
        record("triage.open", by=by, detail=done)
    return {
        "withdrawn": done["withdraw"],
        "overtaken": done["overtake"],
        "opened": done["open"] + done["enter"],
    }


def _step(name: str, day: dict[str, Any]) -> int:
    text = sql.statement("triage", name).replace("{taker}", sql.statement("triage", "taker"))
    with connection.cursor() as cursor:
        cursor.execute(text, day)
        return max(cursor.rowcount, 0)


@transaction.atomic
def escalate(*, by: User | int | str | None) -> int:
    """Tell supervisors of every item whose clock has run out; returns how many there are new."""
    told = sql.run("triage", "escalate", at=timezone.now())
    if told:
        record("triage.escalate", by=by, detail={"items": told})
    return told


@transaction.atomic
def decide(
    *, items: Iterable[Item], outcome: str, reason: str, by: User, seen: Collection[str] | None = None
) -> list[Decision]:
    """Decide one change, or several of the same kind, with one reason; raise Refused when somebody was quicker.

    ``seen`` holds the marks of what a page has shown: an item that is another one now, or waits for more, is not decided unseen.
    """
    if outcome not in Decision.Outcome.values:
        raise Refused("Choose what happens next.")
    if not reason.strip():
        raise Refused("Give a reason: it is kept with the decision.")
    held = _hold(items)
    if seen is not None and any(item.mark not in seen for item in held):
        raise Refused(CHANGED.format("this child" if len(held) == 1 else "one of these children"))
    if refusal := check_same_kind(alike(item) for item in held):
        raise Refused(refusal)
    at = timezone.now()
    decisions = [
        Decision(item=item, outcome=outcome, reason=reason.strip(), by=by.pk, at=at) for item in held
    ]
    Decision.objects.bulk_create(decisions)
    _set_state(held, Item.State.DECIDED)
    children = [item.child_id for item in held]
    record(
        "triage.decide",
        by=by,
        children=children,
        detail={"outcome": outcome, "items": [item.pk for item in held]},
    )
    return decisions


@transaction.atomic
def undo(*, decisions: Iterable[Decision], by: User) -> list[Item]:
    """Take decisions back, so that their items wait again; raise Refused where a newer change has taken the place."""
    wanted = [decision.pk for decision in decisions]
    standing = list(
        Decision.objects.select_for_update(of=("self",))
        .select_related("item")
        .filter(pk__in=wanted, undone_at=None)
    )
    if not standing or len(standing) < len(wanted):
        raise Refused("This decision was undone already.")
    items = [decision.item for decision in standing]
    if newer_than(items):
        raise Refused(
            "This cannot be undone: the rating has changed again, and the newer change is in the queue."
        )
    Decision.objects.filter(pk__in=wanted).update(undone_by=by.pk, undone_at=timezone.now())
    _set_state(items, Item.State.OPEN)
    record(
        "triage.undo",
        by=by,
        children=[item.child_id for item in items],
        detail={"items": [item.pk for item in items]},
    )
    return items


def newer_than(items: Sequence[Item]) -> bool:
    """Whether anything newer has come up about any of these children."""
    later = Item.objects.filter(
        child__in=[item.child_id for item in items], opened_at__gt=min(item.opened_at for item in items)
    )
    return later.exclude(pk__in=[item.pk for item in items]).exists()


@transaction.atomic
def assign(*, items: Iterable[Item], to: User | None, by: User) -> list[Item]:
    """Give open items to somebody, or to nobody."""
    held = _hold(items)
    Item.objects.filter(pk__in=[item.pk for item in held]).update(assigned_to=to and to.pk)
    detail = {"items": [item.pk for item in held], "to": to and to.pk}
    record("triage.assign", by=by, children=[item.child_id for item in held], detail=detail)
    return held


def look(*, items: Sequence[Item], by: User) -> None:
    """Log a look at the queue: one event with every child shown."""
    record("triage.look", by=by, subject="queue", children=[item.child_id for item in items])


@dataclass
class Alike:
    """What an item is like: entries to one cohort, and bands set by hand, are as alike as changes to one band."""

    to_band: str
    nature: str


def alike(item: Item) -> Alike:
    """By its change, else by the cohort the child entered, else by the band that somebody set."""
    entered = (
        f"cohort {item.stay.cohort_id}"
        if item.stay
        else f"entry {item.stay_id}"
        if item.stay_id
        else "set by hand"
    )
    return Alike(item.change.to_band if item.change else entered, item.nature)


def _hold(items: Iterable[Item]) -> list[Item]:
    """Lock the items, in one order for everybody, and see that all of them still wait."""
    wanted = [item.pk for item in items]
    if not wanted:
        raise Refused("Choose at least one change.")
    held = list(
        Item.objects.select_for_update(of=("self",))
        .select_related("change", "stay")
        .filter(pk__in=wanted)
        .order_by("pk")
    )
    gone = [item for item in held if item.state != Item.State.OPEN]
    if gone or len(held) < len(wanted):
        raise Refused(_who_was_quicker(gone, len(wanted)))
    return held


def _who_was_quicker(gone: Sequence[Item], asked: int) -> str:
    last = Decision.objects.filter(item__in=gone, undone_at=None).order_by("-at").first()
    which = (
        "This change"
        if asked == 1
        else f"{count(len(gone), 'of them', 'of them')}"
        if gone
        else "One of them"
    )
    if last is None:
        return f"{which} no longer waits. Nothing was saved."
    officer = User.objects.filter(pk=last.by).first()
    name = officer.display_name if officer else "Somebody else"
    return (
        f"{name} was quicker: {which[0].lower()}{which[1:]} was decided {moment(last.at)} ({last.get_outcome_display()}). "
        "Nothing of yours was saved."
    )


def _set_state(items: Iterable[Item], state: str) -> None:
    Item.objects.filter(pk__in=[item.pk for item in items]).update(state=state)
