"""Runs that nobody works on any more: found by their lease, sent again, given up in the end."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.audit.actions import record
from apps.extracts.models import Extract
from apps.extracts.models import State as ExtractState
from apps.pipeline.lease import MAX_ATTEMPTS
from apps.pipeline.models import Run

UNSENT_AFTER = timedelta(seconds=45)
GAVE_UP = (
    "Loading stopped %s times before it was done. Nothing was changed:"
    " load the file again, or ask for help if it stops again."
)


@transaction.atomic
def release_dead(*, by: int | None = None) -> list[int]:
    """Put runs whose lease ran out back to waiting, or give up after the last try; those that wait."""
    dead = Q(state=Run.State.RUNNING, lease_until__lt=timezone.now())
    spent = Q(state=Run.State.WAITING, attempts__gte=MAX_ATTEMPTS)
    # A row that is locked belongs to a worker in the middle of its commit: it lives
    found = Run.objects.select_for_update(skip_locked=True).filter(dead | spent).order_by("pk")
    return [run.pk for run in found if _released(run, by=by)]


def _released(run: Run, *, by: int | None) -> bool:
    if run.attempts >= MAX_ATTEMPTS:
        _give_up(run, by=by)
        return False
    Run.objects.filter(pk=run.pk).update(state=Run.State.WAITING, lease_until=None, step="")
    record("run.release", by=by, subject=f"run:{run.pk}", detail={"attempts": run.attempts})
    return True


def waiting_unsent() -> list[int]:
    """Runs that waited so long that they were perhaps never sent; claiming them twice is harmless."""
    since = timezone.now() - UNSENT_AFTER
    return list(
        Run.objects.filter(state=Run.State.WAITING, requested_at__lt=since, attempts__lt=MAX_ATTEMPTS)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _give_up(run: Run, *, by: int | None) -> None:
    sentence = GAVE_UP % run.attempts
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.FAILED, lease_until=None, finished_at=timezone.now(), error=sentence
    )
    if run.kind == Run.Kind.LOAD:
        Extract.objects.filter(pk=run.extract_id).exclude(state=ExtractState.COMMITTED).update(
            state=ExtractState.REFUSED, reason=sentence
        )
    record("run.give-up", by=by, subject=f"run:{run.pk}", detail={"attempts": run.attempts})
