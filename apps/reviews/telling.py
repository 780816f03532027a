"""E-mails that ask agencies for a contribution: they say that something waits, never about whom."""

import logging

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
from apps.reviews.machine import BEFORE
from apps.reviews.models import Contribution

log = logging.getLogger(__name__)

TEXT = """Your agency is asked to contribute to a case review.

Sign in to read what is asked and by when: {address}

This message names nobody. Do not reply to it.
"""


@transaction.atomic
def send_all(*, by: User | int | str | None) -> int:
    """Tell the people of every agency that was asked and not told yet; one e-mail each, whatever waits. How many went."""
    asked = list(
        Contribution.objects.select_for_update(of=("self",), skip_locked=True).filter(
            told_at=None, given_at=None, frozen_at=None, review__state__in=BEFORE
        )
    )  # fmt: skip
    if not asked:
        return 0
    people = told(sorted({each.agency_id for each in asked}))
    Contribution.objects.filter(pk__in=[each.pk for each in asked]).update(told_at=timezone.now())
    record("review.tell", by=by, detail={"contributions": len(asked), "people": len(people)})
    _send(people)
    return len(people)


def _send(people: list[str]) -> None:
    """One each. An address that fails does not keep the others from theirs; where all fail it is tried again."""
    subject, text = (
        f"{settings.VCDB_SERVICE_NAME}: a contribution is awaited",
        TEXT.format(address=settings.VCDB_URL),
    )
    failed: list[OSError] = []
    for address in people:
        try:
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
        except OSError as error:  # those of SMTP among them
            failed.append(error)
    if failed and len(failed) == len(people):
        raise failed[-1]
    if failed:
        log.warning("requests for contributions not sent", extra={"failed": len(failed)})


def told(agencies: list[int]) -> list[str]:
    """E-mail addresses of those who may contribute for these agencies today."""
    able = [code for code, role in ROLES.items() if "review.contribute" in role.permissions]
    held = Membership.objects.filter(
        agency__in=agencies, role__in=able, user__is_active=True, valid_from__lte=today()
    )
    held = held.filter(Q(valid_until=None) | Q(valid_until__gte=today())).exclude(user__email="")
    return sorted(set(held.values_list("user__email", flat=True)))
