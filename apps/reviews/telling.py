"""E-mails that ask agencies for a contribution: they say that something waits, never about whom."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.access.models import Membership
from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.clock import today
from apps.reviews.models import Contribution

TEXT = """Your agency is asked to contribute to a case review.

Sign in to read what is asked and by when: {address}

This message names nobody. Do not reply to it.
"""


@transaction.atomic
def send_all(*, by: User | int | str | None) -> int:
    """Tell the people of every agency that was asked and not told yet; one e-mail each, whatever waits. How many went."""
    asked = list(
        Contribution.objects.select_for_update(of=("self",), skip_locked=True).filter(told_at=None, given_at=None, frozen_at=None)
    )  # fmt: skip
    if not asked:
        return 0
    people = told(sorted({each.agency_id for each in asked}))
    Contribution.objects.filter(pk__in=[each.pk for each in asked]).update(told_at=timezone.now())
    record("review.tell", by=by, detail={"contributions": len(asked), "people": len(people)})
    for address in people:
        subject = f"{settings.VCDB_SERVICE_NAME}: a contribution is awaited"
        send_mail(subject, TEXT.format(address=settings.VCDB_URL), settings.DEFAULT_FROM_EMAIL, [address])
    return len(people)


def told(agencies: list[int]) -> list[str]:
    """E-mail addresses of those who may contribute for these agencies today."""
    able = [code for code, role in ROLES.items() if "review.contribute" in role.permissions]
    held = Membership.objects.filter(
        agency__in=agencies, role__in=able, user__is_active=True, valid_from__lte=today()
    )
    held = held.filter(Q(valid_until=None) | Q(valid_until__gte=today())).exclude(user__email="")
    return sorted(set(held.values_list("user__email", flat=True)))
