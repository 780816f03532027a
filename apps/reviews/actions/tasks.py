"""Actions: what somebody does by a day, and what came of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.core.errors import Refused
from apps.reviews.machine import OVER
from apps.reviews.models import Action, CaseReview


@transaction.atomic
def add_action(
    *, review: CaseReview, what: str, agency: Agency, owner: str, due_on: date, by: User
) -> Action:
    """Write down an action of a review."""
    held = CaseReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if held.state in OVER:
        raise Refused("This review is over: reopen it before you add an action.")
    made = Action.objects.create(
        child_id=review.child_id, review=review, what=what.strip(), agency=agency, owner=owner.strip(), due_on=due_on, by=by.pk,
        at=timezone.now(),
    )  # fmt: skip
    record("action.add", by=by, subject=f"action:{made.pk}", children=[made.child_id], agency=agency)
    return made


@transaction.atomic
def end_action(*, action: Action, done: bool, outcome: str, by: User) -> Action:
    """Say what came of an action: done, or not done and why."""
    if not outcome.strip():
        raise Refused("Say what came of it: done or not, it is kept with the action.")
    held = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if held.state != Action.State.OPEN:
        raise Refused(f"Somebody was quicker: this action is {held.get_state_display().lower()} already.")
    held.state = Action.State.DONE if done else Action.State.DROPPED
    held.outcome, held.ended_by, held.ended_at = outcome.strip(), by.pk, timezone.now()
    held.save(update_fields=["state", "outcome", "ended_by", "ended_at"])
    detail = {"state": held.state}
    record(
        "action.end",
        by=by,
        subject=f"action:{held.pk}",
        children=[held.child_id],
        agency=held.agency_id,
        detail=detail,
    )
    return held
