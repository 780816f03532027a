"""A band set by a named professional: set with a reason and an end, taken back, and ended by its day."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.access.queries import agencies_of, role_of
from apps.accounts.models import User
from apps.audit.actions import record
from apps.children.models import Child
from apps.core import sql
from apps.core.clock import today
from apps.core.errors import Refused
from apps.ragp import rules
from apps.ragp.models import Override
from apps.ragp.queries import assessment_at, current_bands, override_of

CHANGED = "The rating, or the band that somebody set, has changed since you opened this page. Look at it as it is now first."
QUICKER = "Somebody else set a band for this child a moment ago. Look at it before you set another."


def mark(child: int) -> str:
    """What somebody who sets a band has before them: the band worked out, and the one that was set."""
    standing = override_of(child)
    return f"{_computed(child)}.{standing.pk if standing else ''}"


def _computed(child: int) -> str:
    return getattr(assessment_at(child), "band", rules.NOT_RATED)


@transaction.atomic
def override(
    *, child: Child, band: str, reason: str, review_on: date, expires_on: date, by: User, seen: str
) -> Override:
    """Set a band beside the one worked out; raise Refused without a reason or an end. The one before it is replaced.

    ``seen`` is the mark of the page it was decided on: a band is not set against a rating that nobody looked at. Without one it is refused.
    """
    if seen != mark(child.pk):
        raise Refused(CHANGED)
    computed = _computed(child.pk)
    if not reason.strip():
        raise Refused("Give a reason: it stands beside the rating.")
    found = rules.check_override(band, computed, current_bands().values(), review_on, expires_on, today())
    if found:
        raise Refused(found)
    agencies = agencies_of(by)
    if not agencies:
        raise Refused("Only somebody who works with children in an agency sets a band.")
    at = timezone.now()
    standing = Override.objects.filter(child=child, ended_at=None)
    standing.update(ended_at=at, ended_by=by.pk, ended_why=Override.Ended.REPLACED)
    try:
        with transaction.atomic():
            made = Override.objects.create(
                child=child, band=band, against=computed, reason=reason.strip(), by=by.pk, agency=agencies[0],
                by_name=f"{by.display_name}, {role_of(by).name.lower()}", set_at=at, review_on=review_on, expires_on=expires_on,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(QUICKER) from error
    detail = {"override": made.pk, "from": computed, "to": band, "expires_on": str(expires_on)}
    record("rating.override", by=by, subject=f"override:{made.pk}", children=[child.pk], detail=detail)
    return made


@transaction.atomic
def take_back(*, child: Child, reason: str, by: User, seen: str) -> Override:
    """End the band that somebody set; the one worked out counts again. Raise Refused where none stands, or without a reason.

    ``seen`` as for ``override``: nobody ends what a colleague has just set instead.
    """
    if seen != mark(child.pk):
        raise Refused(CHANGED)
    if not reason.strip():
        raise Refused("Say why: it is kept beside the rating.")
    standing = override_of(child.pk)
    ended = {"ended_at": timezone.now(), "ended_by": by.pk, "ended_why": Override.Ended.TAKEN_BACK}
    if standing is None or not Override.objects.filter(pk=standing.pk, ended_at=None).update(
        **ended, ended_reason=reason.strip()
    ):
        raise Refused("No band set by hand stands for this child any more.")
    record("rating.override_ended", by=by, subject=f"override:{standing.pk}", children=[child.pk])
    standing.refresh_from_db()
    return standing


@transaction.atomic
def end_overrides(*, by: User | int | str | None) -> int:
    """End what is past its last day, and what belongs to a record that was joined to another child's; triage takes them from there."""
    ended = sql.rows("ragp", "end_overrides", {"today": today(), "at": timezone.now()})
    if ended:
        record("rating.overrides_expired", by=by, children=sorted({child for (child,) in ended}))
    return len(ended)


def raised(*, overrides: Iterable[Override]) -> None:
    """Say that triage has taken these: the same transaction opens what somebody decides, and records it."""
    at = timezone.now()
    for each in overrides:
        field = "expiry_raised_at" if each.ended_at else "review_raised_at"
        Override.objects.filter(pk=each.pk).update(**{field: at})
