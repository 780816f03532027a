"""Raising reviews, by a person and by the service; and logging who looked at them."""

import json
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from apps.access.queries import agencies_of, may
from apps.accounts.models import User
from apps.audit.actions import record
from apps.children.models import Child
from apps.core import sql
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.workdays import closing, working_days_after
from apps.reviews import queries
from apps.reviews.actions.moving import move
from apps.reviews.machine import BEGINS, NEEDS, State
from apps.reviews.models import CaseReview, Cause, Move, ReviewType
from apps.triage.rules import due_moments

By = User | int | str | None


@transaction.atomic
def raise_review(*, child: Child, type: ReviewType, reason: str, by: User) -> CaseReview:
    """Ask for a review of a child; the agencies of the type and the person's own are invited. Refused where one is under way.

    One that the person may not know of refuses nothing: it would be told of by that. Who runs reviews is shown both.
    """
    if not reason.strip():
        raise Refused(NEEDS["reason"])
    queries.lock(child.pk)
    if queries.live(by, child).filter(type=type).exists():
        raise Refused(
            "A review of this type is under way for this child already: open it above, and say there what you know."
        )
    own, at = agencies_of(by), timezone.now()
    if not own:
        raise Refused("Only somebody who works with children in an agency raises a review.")
    invited = {agency.pk for agency in type.agencies.all()}
    if not may(
        by, "review.manage"
    ):  # who runs reviews sees every one; nobody else of their agency need be invited
        invited |= {agency.pk for agency in own[:1]}
    made = CaseReview.objects.create(
        child=child, type=type, state=State.RAISED, agencies=sorted(invited), raised_at=at, since=at,
        due_at=closing(working_days_after(today(), type.accept_days)),
    )  # fmt: skip
    Cause.objects.create(review=made, kind="person", words=reason.strip(), agency=own[0], by=by.pk, at=at)
    Move.objects.create(review=made, name=BEGINS.name, to=State.RAISED, by=by.pk, at=at, due_at=made.due_at)
    record("review.raise", by=by, subject=f"review:{made.pk}", children=[child.pk], detail={"type": type.pk})
    return made


@transaction.atomic
def take_raised(*, by: By) -> int:
    """Raise what triage, watched cohorts and ended overrides ask for, once each; decline what triage took back. How many causes."""
    if not queries.first_in():
        return 0
    at = timezone.now()
    due = {days: moment.isoformat() for days, moment in due_moments(today()).items()}
    taken = sql.rows("reviews", "take", {"at": at, "today": today(), "due": json.dumps(due)})
    if taken:
        children = sorted({child for _, child in taken})
        record(
            "review.take",
            by=by,
            children=children,
            detail={"reviews": sorted({review for review, _ in taken})},
        )
    for review in queries.taken_back():
        move(review=review, name="decline", given={"reason": "The decision in triage was undone."}, by=by)
    return len(taken)


@transaction.atomic
def follow(*, by: By) -> int:
    """Let what belongs to joined records belong to the child that stands; how many children."""
    children = [child for (child,) in sql.rows("reviews", "follow", {})]
    if children:
        record("review.follow", by=by, children=children)
    return len(children)


def look(*, children: Iterable[int], subject: str, by: User) -> None:
    """Log a look at reviews, with every child shown."""
    record("review.look", by=by, subject=subject, children=sorted(set(children)))
