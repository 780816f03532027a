"""Setting up types of review."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.core.errors import Refused
from apps.reviews.models import ReviewType


@transaction.atomic
def save_type(*, type: ReviewType | None, agencies: Iterable[Agency], by: User, **fields: Any) -> ReviewType:
    """Make a type of review or change one; what is under way keeps what it was asked. Refused where another has its name or its part."""
    others = ReviewType.objects.exclude(pk__in=[type.pk] if type else [])
    for name in ("name", "for_triage", "for_expired", "cohort"):
        if fields.get(name) and others.filter(**{name: fields[name]}).exists():
            raise Refused(f"{TAKEN[name]} Change that type first.")
    kept = type or ReviewType(since=timezone.now())
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.save()
    kept.agencies.set(agencies)
    record("review.type", by=by, subject=f"reviewtype:{kept.pk}", detail={"new": type is None})
    return kept


TAKEN = {
    "name": "Another type has this name.",
    "for_triage": "What triage raises is of another type already.",
    "for_expired": "What an ended rating raises is of another type already.",
    "cohort": "This cohort raises reviews of another type already.",
}
