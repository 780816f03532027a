"""Moving a review from state to state: the one way, held to the table of the machine."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.access.queries import permissions_of
from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.workdays import closing, working_days_after
from apps.reviews import machine, queries
from apps.reviews.actions.contributing import ask, freeze
from apps.reviews.leading import queries as leads
from apps.reviews.machine import Facts, State
from apps.reviews.models import AgendaItem, CaseReview, Meeting, Move, Outcome

Given = Mapping[str, Any]


@transaction.atomic
def move(*, review: CaseReview, name: str, given: Given, by: User | int | str | None) -> CaseReview:
    """Make one transition; raise Refused where the table does not allow it, somebody was quicker, or something it needs is not there."""
    step = machine.TRANSITIONS[name]
    # its places on agendas first, as who agrees on it in a meeting locks them: neither waits for the other for ever
    list(review.items.select_for_update().values_list("pk"))
    held = CaseReview.objects.select_for_update(of=("self",)).select_related("type").get(pk=review.pk)
    if isinstance(by, User) and step.permission not in permissions_of(by):
        raise Refused("Only a review administrator does this.")
    if refusal := machine.check(step, held.state, facts_of(held, given)):
        raise Refused(refusal)
    came_from, at = held.state, timezone.now()
    held.state, held.since = step.to, at
    WRITES.get(name, _nothing)(held, given, at, by)
    _leave_agenda(held, name, given)
    held.due_at = due_of(held)
    held.save()
    who = by.pk if isinstance(by, User) else by if isinstance(by, int) else None
    Move.objects.create(
        review=held, name=name, came_from=came_from, to=step.to, reason=given.get("reason", "").strip(), by=who, at=at,
        due_at=held.due_at,
    )  # fmt: skip
    detail = {"step": name, "from": came_from, "to": step.to}
    record("review.move", by=by, subject=f"review:{held.pk}", children=[held.child_id], detail=detail)
    return held


def _leave_agenda(review: CaseReview, name: str, given: Given) -> None:
    """What is moved on its own page waits on no agenda: the meeting could not end over it. The one it is carried over to keeps it."""
    waiting = review.items.filter(state=AgendaItem.State.WAITING)
    if name == "carry_over":
        waiting.filter(meeting__on__lt=given["meets_on"]).update(state=AgendaItem.State.CARRIED)
    elif name == "decide":
        waiting.filter(meeting__state=Meeting.State.HELD).update(state=AgendaItem.State.DONE)
        waiting.update(state=AgendaItem.State.OFF)
    elif name in machine.ASIDE:
        waiting.update(state=AgendaItem.State.OFF)


def facts_of(review: CaseReview, given: Given) -> Facts:
    """What the machine asks about a review and what was given with a transition."""
    actions = queries.open_actions(review)
    there = {key for key, value in given.items() if (value.strip() if isinstance(value, str) else value)}
    there -= {key for key, least in LEAST.items() if key in there and given[key] < least()}
    missing = {
        "next_review": not given.get("next_review_on"),
        "action": not queries.actions_of(review).exists(),
        "lead": leads.current(review.child) is None,
    }
    return Facts(
        frozenset(there),
        tuple(code for code in review.type.required if missing.get(code)),
        actions,
        queries.outcome(review) is not None,
    )


#: The first day that may be given.
LEAST: dict[str, Callable[[], date]] = {
    "meets_on": today,
    "until": lambda: working_days_after(today(), 1),
}


def due_of(review: CaseReview) -> datetime | None:
    """By when the review leaves the state it has come to."""
    if review.state == State.ACCEPTED:
        return closing(working_days_after(today(), review.type.meet_days))
    if review.state in (State.SCHEDULED, State.IN_MEETING):
        return closing(review.meets_on or today())
    return review.due_at if review.state == State.DEFERRED else None


def _nothing(*_: Any) -> None:
    """A transition that writes its move alone."""


def _accept(review: CaseReview, given: Given, at: datetime, by: Any) -> None:
    ask(review=review, at=at)


def _reopen(review: CaseReview, given: Given, at: datetime, by: Any) -> None:
    review.round += 1
    review.meets_on = None
    ask(review=review, at=at)


def _defer(review: CaseReview, given: Given, at: datetime, by: Any) -> None:
    review.due_at, review.meets_on = closing(given["until"]), None


def _schedule(review: CaseReview, given: Given, at: datetime, by: Any) -> None:
    review.meets_on = given["meets_on"]
    # what comes after the meeting comes too late: nobody is told a later day
    asked = review.contributions.filter(round=review.round, given_at=None, due_on__gt=review.meets_on)
    asked.update(due_on=review.meets_on)


def _begin(review: CaseReview, given: Given, at: datetime, by: Any) -> None:
    freeze(review=review, at=at)


def _decide(review: CaseReview, given: Given, at: datetime, by: Any) -> None:
    review.next_review_on = given.get("next_review_on")
    Outcome.objects.create(
        review=review, round=review.round, summary=given["summary"].strip(), next_review_on=review.next_review_on, by=by.pk, at=at
    )  # fmt: skip


WRITES: dict[str, Callable[[CaseReview, Given, datetime, Any], None]] = {
    "accept": _accept, "reopen": _reopen, "defer": _defer, "schedule": _schedule, "carry_over": _schedule, "begin": _begin,
    "decide": _decide,
}  # fmt: skip
