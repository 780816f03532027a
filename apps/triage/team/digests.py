"""The daily e-mail: counts and nothing else. It names no child, no school and no colleague."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from apps.access.queries import may
from apps.access.reach import asked_for
from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.clock import today
from apps.core.workdays import is_working
from apps.triage.models import Digest
from apps.triage.team.queries import counted

TEXT = """Triage this morning:

{lines}

Sign in to see them: {address}

You get this on working days because you asked for it. To stop it, sign in, open Triage and choose "Stop the daily e-mail".
"""


@dataclass(frozen=True)
class Figures:
    """What the e-mail says."""

    waiting: int
    own: int
    over: int
    due_today: int
    escalated: int


@transaction.atomic
def choose(*, user: User, wanted: bool, by: User) -> None:
    """Let the daily e-mail come, or stop it."""
    if wanted:
        Digest.objects.get_or_create(user=user, defaults={"wanted_at": timezone.now()})
    else:
        Digest.objects.filter(user=user).delete()
    record("digest.choose", by=by, subject=f"user:{user.pk}", detail={"wanted": wanted})


def send_all(*, by: User | int | str | None) -> int:
    """Send today's e-mail to everybody who asked for it and may still see the queue, on working days, once; how many went."""
    if not is_working(today()):
        return 0
    waiting = Digest.objects.exclude(sent_on=today()).filter(user__is_active=True)
    return sum(send(digest=each, by=by) for each in waiting.select_related("user"))


@transaction.atomic
def send(*, digest: Digest, by: User | int | str | None) -> bool:
    """Send one, if nobody else has today; an e-mail that cannot be sent leaves it for the next try."""
    claimed = Digest.objects.filter(pk=digest.pk).exclude(sent_on=today()).update(sent_on=today())
    if not claimed or not may(digest.user, "triage.view"):
        return False
    record("digest.send", by=by, subject=f"user:{digest.user_id}")
    subject, text = written(figures(digest.user))
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [digest.user.email])
    return True


def figures(user: User) -> Figures:
    """The counts of the part of the queue that this person reaches."""
    with asked_for(user):
        rows = counted()
    return Figures(
        sum(row.waiting for row in rows),
        sum(row.waiting for row in rows if row.officer == user.pk),
        sum(row.over for row in rows),
        sum(row.due_today for row in rows),
        sum(row.escalated for row in rows),
    )


def written(given: Figures) -> tuple[str, str]:
    """Subject and text."""
    lines = (
        ("Waiting", given.waiting),
        ("With you", given.own),
        ("Over their time", given.over),
        ("Due today", given.due_today),
        ("Told to supervisors", given.escalated),
    )
    told = "\n".join(f"  {label}: {number:,}" for label, number in lines)
    return f"{settings.VCDB_SERVICE_NAME}: triage", TEXT.format(lines=told, address=settings.VCDB_URL)
