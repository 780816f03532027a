"""What a person says of a family. The links follow when the pipeline works them out, and never against what was said."""

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.children.families import FamilyStatement, Kind
from apps.children.models import Child
from apps.core import clock
from apps.core.errors import Refused

#: What a person can say: an address is for agencies to give.
SAYABLE = (Kind.TWIN, Kind.SIBLING, Kind.PARENT)


@transaction.atomic
def relate(*, child: Child, other: Child, kind: str, reason: str, by: User) -> FamilyStatement:
    """Say what a child is to another; it takes the place of what was said of the two before. Raise Refused where it makes no sense."""
    if kind not in SAYABLE:
        raise Refused("Choose what the two are to each other.")
    said = _say(child, other, kind, reason, by)
    audit(
        "child.relate",
        by=by,
        children=[child, other],
        subject=f"familystatement:{said.pk}",
        detail={"kind": kind},
    )
    return said


@transaction.atomic
def unrelate(*, child: Child, other: Child, reason: str, by: User) -> FamilyStatement:
    """Say that two children are not related, whatever their addresses look like."""
    said = _say(child, other, "", reason, by)
    audit("child.unrelate", by=by, children=[child, other], subject=f"familystatement:{said.pk}")
    return said


def _say(child: Child, other: Child, kind: str, reason: str, by: User) -> FamilyStatement:
    if not reason.strip():
        raise Refused("Say how you know: it is kept with the link.")
    if child.pk == other.pk:
        raise Refused("That is the same child.")
    at, pair = clock.commit_moment(), [child.pk, other.pk]
    standing = FamilyStatement.objects.filter(child__in=pair, other__in=pair, withdrawn_at=None)
    standing.update(withdrawn_at=at, withdrawn_by=by.pk)
    try:
        with transaction.atomic():
            return FamilyStatement.objects.create(
                child=child, other=other, kind=kind, reason=reason.strip(), by=by.pk, at=at
            )
    except IntegrityError:
        raise Refused("Somebody has just said something of these two. Look again.") from None
