"""Who may do what about who is who, and which of two children keeps its page: no database, no clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.matching.models import Act

#: How long a question is held for who opened it.
CLAIM = timedelta(minutes=15)
ANSWERS = (Act.Kind.SAME, Act.Kind.DIFFERENT, Act.Kind.NEW)
#: What needs a second person.
SECONDED = (Act.Kind.MERGE,)
NO_REASON = "Give a reason: it is kept with what you decide."

#: From which state to which, and by whom: a person at the page, or the pipeline.
WAY = {
    Act.State.DRAFTED: (Act.State.PROPOSED, Act.State.APPROVED, Act.State.REFUSED),
    Act.State.PROPOSED: (Act.State.APPROVED, Act.State.REFUSED),
    Act.State.APPROVED: (Act.State.DONE, Act.State.REFUSED, Act.State.UNDOING),
    Act.State.DONE: (Act.State.UNDOING,),
    Act.State.UNDOING: (Act.State.UNDONE, Act.State.DONE),
    Act.State.REFUSED: (),
    Act.State.UNDONE: (),
}


@dataclass(frozen=True)
class Standing:
    """What decides which of two children keeps its page."""

    pk: int
    provisional_because: str


def keeps(one: Standing, two: Standing) -> bool:
    """Whether the first keeps its page: a child that stands for itself before one in question, one with a name before one without,
    then the older."""

    def order(each: Standing) -> tuple[bool, bool, int]:
        return each.provisional_because == "nameless", bool(each.provisional_because), each.pk

    return order(one) < order(two)


def check_second(act: Act, by: int) -> str:
    """Why this person cannot be the second one; empty where they can."""
    if act.state != Act.State.PROPOSED:
        return f"This no longer waits for a second person: it is {act.get_state_display().lower()}."
    if act.by == by:
        return "You proposed this yourself. Somebody else has to look at it and approve it."
    return ""


def check_leaving(chosen: Collection[int], held: Collection[int], kind: str) -> str:
    """Why these records cannot leave a child; empty where they can."""
    if not chosen:
        return "Choose at least one record."
    if not set(chosen) <= set(held):
        return "One of these records no longer belongs to this child. Look at the child again."
    if len(chosen) == len(held):
        return "All records would leave this child. " + (
            "Propose to make the two children one instead."
            if kind == Act.Kind.MOVE
            else "Leave at least one."
        )
    return ""


def check_undo(act: Act) -> str:
    """Why an act cannot be undone; empty where it can."""
    if act.state == Act.State.UNDOING:
        return "This is being undone already."
    if act.state not in (Act.State.DONE, Act.State.APPROVED):
        return f"This cannot be undone: it is {act.get_state_display().lower()}."
    return ""


def held_by_other(claimed_by: int | None, claimed_at: datetime | None, by: int, now: datetime) -> bool:
    """Whether somebody else holds a question still."""
    return claimed_by not in (None, by) and claimed_at is not None and claimed_at > now - CLAIM
