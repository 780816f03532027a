"""What becomes of a setting's word that a child is not theirs."""

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.errors import Refused
from apps.lists.models import RollQuestion


def look(*, questions: list[RollQuestion], by: User) -> None:
    """Log which children were shown."""
    if questions:
        record("roll.look", by=by, children=[each.child_id for each in questions])


@transaction.atomic
def settle(*, question: RollQuestion, outcome: str, note: str, by: User) -> None:
    """Say what the agency whose file it is answered."""
    if outcome not in (RollQuestion.Outcome.CORRECTED, RollQuestion.Outcome.STANDS):
        raise Refused("Choose what the source answered.")
    if not note.strip():
        raise Refused("Say who answered for the source, and when.")
    closed = RollQuestion.objects.filter(pk=question.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by.pk, outcome=outcome, note=note.strip()
    )
    if not closed:
        raise Refused("Somebody has closed this already.")
    record("roll.settle", by=by, children=[question.child_id], detail={"outcome": outcome})
