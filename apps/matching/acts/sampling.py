"""The weekly second look: automatic links drawn by lot, answered by a person who is not told what was decided."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.core import sql
from apps.core.errors import Refused
from apps.matching.models import SecondLook

MOST = 20
#: Of so many links one decoy: whoever answers "the same" to all is found out, and the week is not a quarter longer.
LINKS_A_DECOY = 5


@transaction.atomic
def sample(*, week: date, most: int = MOST) -> int:
    """Draw the sample of a week from the links of the week before; drawing again adds nothing."""
    if SecondLook.objects.filter(week=week).exists():
        return 0
    until = timezone.make_aware(datetime.combine(week, time.min))
    drawn = sql.run(
        "matching", "sample_links", week=week, since=until - timedelta(days=7), until=until, most=most,
        decoys=most // LINKS_A_DECOY,
    )  # fmt: skip
    if drawn:
        audit("link.sample", by=None, subject=f"week:{week}", detail={"drawn": drawn})
    return drawn


@transaction.atomic
def answer_second_look(*, look: SecondLook, same: bool, by: User) -> None:
    """Say whether the two are the same child; raise Refused where somebody has."""
    answer = "same" if same else "different"
    if not SecondLook.objects.filter(pk=look.pk, answer="").update(
        answer=answer, by=by.pk, at=timezone.now()
    ):
        raise Refused("Somebody has answered this already.")
    audit(
        "link.second_look",
        by=by,
        subject=f"secondlook:{look.pk}",
        children=[look.child_id],
        detail={"answer": answer},
    )
