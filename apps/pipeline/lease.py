"""Who works on a run: claimed by a conditional update, kept alive by a heartbeat, fenced at the commit."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.core.errors import Refused
from apps.pipeline.models import Run

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BEAT_SECONDS = 20
MAX_ATTEMPTS = 3
BUSY = "Another extract of this feed is being loaded. Try again when it has finished; nothing was changed."


class Overtaken(Exception):
    """This worker's lease ran out and another has taken the run: the rest is left to that one."""


def claim(run: Run) -> None:
    """Take the run; the one-a-feed constraint turns a second run of the feed away."""
    free = Q(state=Run.State.WAITING) | Q(state=Run.State.RUNNING, lease_until__lt=timezone.now())
    try:
        with transaction.atomic():
            claimed = Run.objects.filter(free, pk=run.pk).update(
                state=Run.State.RUNNING,
                lease_until=timezone.now() + LEASE,
                attempts=run.attempts + 1,
                error="",
            )
    except IntegrityError:
        claimed = 0
    if not claimed:
        raise Refused(BUSY)
    run.refresh_from_db()


def ours(run: Run) -> QuerySet[Run]:
    """The run while this worker holds it: each claim counts one attempt more."""
    return Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts)


def hold(run: Run) -> None:
    """Lock the run until the transaction ends, so that no sweep takes a worker in its commit for dead."""
    if not list(ours(run).select_for_update().values_list("pk")):
        raise Overtaken


@contextmanager
def heartbeat(run: Run) -> Iterator[None]:
    """Renew the lease from beside the work, whose own connection may be deep in a COPY or a transaction."""
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(run, over), name=f"lease-{run.pk}", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def _beat(run: Run, over: threading.Event) -> None:
    while not over.wait(BEAT_SECONDS):
        try:
            with transaction.atomic():
                # A row that is locked is held by the commit itself and needs no lease
                free = ours(run).select_for_update(skip_locked=True).values_list("pk", flat=True)
                Run.objects.filter(pk__in=list(free)).update(lease_until=timezone.now() + LEASE)
        except DatabaseError:
            log.warning("the lease of a run was not renewed", extra={"run": run.pk})
        finally:
            connection.close()
