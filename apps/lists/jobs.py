"""Drafting and releasing as jobs that a worker does in one transaction: killed in the middle, a job has done nothing and is sent again."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Refused
from apps.lists import actions, releasing
from apps.lists.models import Job

LEFT_AFTER = timedelta(seconds=45)


def begin_draft(*, week: date) -> Job:
    """The job of the timetable's own draft; nobody asked for it."""
    return Job.objects.create(kind=Job.Kind.DRAFT, week=week, asked_at=timezone.now())


@transaction.atomic
def do(*, job_id: int) -> bool:
    """Do a job, unless it is done or another worker is at it; whether this one did."""
    job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id, done_at=None).first()
    if job is None:
        return False
    Job.objects.filter(pk=job.pk).update(outcome=_outcome(job), done_at=timezone.now())
    return True


def _outcome(job: Job) -> dict[str, Any]:
    try:
        with transaction.atomic():
            if job.kind == Job.Kind.RELEASE:
                return releasing.release(job=job)
            return actions.draft(week=job.week, by=job.asked_by)
    except Refused as refusal:
        return {"refused": str(refusal)}


def left() -> list[int]:
    """Jobs that were perhaps never sent, or whose worker died."""
    since = timezone.now() - LEFT_AFTER
    return list(
        Job.objects.filter(done_at=None, asked_at__lt=since).order_by("pk").values_list("pk", flat=True)
    )
