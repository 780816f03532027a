"""Telling people that a list is ready: once each, also when a worker dies at any moment, and none lost.

A notice is marked before it leaves and again when it has. One that was left in between is asked after at the e-mail service by its
reference: what has left is only marked, what has not is sent. Where the service cannot tell, nobody is written to twice: the notice
stays unsure, for a person to look at.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.workdays import is_working
from apps.lists.agreements import has_ended
from apps.lists.drafting import READERS
from apps.lists.models import Notice, WeeklyList
from apps.lists.notices.ways import Way, way
from apps.lists.recipients import queries as recipients

log = logging.getLogger(__name__)

State = Notice.State
#: After so long a worker that began to send is dead or has lost its answer.
LEFT_AFTER = timedelta(minutes=2)


def queue(*, lists: list[int], kind: str) -> int:
    """Write down who is to be told of these lists, in the transaction of what they are told of; how many were not yet."""
    return sql.run(
        "lists", "queue_notices", lists=lists, kind=kind, readers=READERS, today=today(), at=timezone.now()
    )


def remind() -> int:
    """On working days: those who could have opened a list that was released before today, and nobody at the setting has; each once."""
    if not is_working(today()):
        return 0
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    weeks = today() - timedelta(days=7)
    out = WeeklyList.objects.filter(state=WeeklyList.State.RELEASED, released_at__lt=day, week__gt=weeks)
    unopened = list(out.filter(receipts=None, entry_count__gt=0).values_list("pk", flat=True))
    return queue(lists=unopened, kind=Notice.Kind.REMINDER)


def send_all() -> int:
    """Send what waits, after what was left by a dead worker is settled; how many left."""
    by = way()
    settle_left(by)
    waiting = Notice.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True)
    return sum(send(notice_id=pk, by=by) for pk in list(waiting))


def send(*, notice_id: int, by: Way) -> bool:
    """Send one that nobody else is sending."""
    claimed = Notice.objects.filter(pk=notice_id, state=State.WAITING).update(
        state=State.SENDING, sending_at=timezone.now()
    )
    if not claimed:
        return False
    notice = Notice.objects.select_related("user", "list", "setting").get(pk=notice_id)
    if not _wanted(notice):
        _mark(notice, State.DROPPED)
        return False
    try:
        by.send(to=notice.user.email, kind=notice.kind, reference=notice.reference)
    except Refused:
        _mark(notice, State.FAILED)
        return False
    except (OSError, KeyError):
        # perhaps it left all the same: it is asked after, not sent again
        log.warning("notice without an answer", extra={"notice": notice.pk})
        return False
    _sent(notice)
    return True


def settle_left(by: Way) -> None:
    """Ask after what was being sent when its worker died, or got no answer."""
    left = Notice.objects.filter(state=State.SENDING, sending_at__lt=timezone.now() - LEFT_AFTER)
    for notice in left.order_by("pk"):
        try:
            known = by.knows(notice.reference)
        except (OSError, KeyError):
            return
        if known:
            _sent(notice)
        else:
            _mark(notice, State.UNSURE if known is None else State.WAITING)


def _wanted(notice: Notice) -> bool:
    """Whether there is still something to do for this person; who no longer signs in belongs nowhere."""
    if notice.list is None:
        verifies = recipients.belongs_to(notice.user, "recipient.verify")
        return notice.setting in verifies and recipients.unsettled().filter(agency=notice.setting).exists()
    opens = {agency.pk for agency in recipients.own_settings(notice.user)}
    out = notice.list.state == WeeklyList.State.RELEASED and not has_ended(notice.list)
    return out and notice.list.setting_id in opens


def _mark(notice: Notice, state: str) -> None:
    """Only while it is the sending that was looked at: another worker may have settled it and begun a new one."""
    begun = Notice.objects.filter(pk=notice.pk, state=State.SENDING, sending_at=notice.sending_at)
    begun.update(state=state)


@transaction.atomic
def _sent(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(state=State.SENT, sent_at=timezone.now())
    detail = {"kind": notice.kind, "user": notice.user_id}
    about = f"weeklylist:{notice.list_id}" if notice.list_id else f"agency:{notice.setting_id}"
    record("list.notice", by=None, subject=about, detail=detail)
