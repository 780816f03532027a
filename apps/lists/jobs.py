"""Drafting and releasing as jobs that a worker does in one transaction: killed in the middle, a job has done nothing and is sent again."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from apps.core.errors import Refused
from apps.lists import actions, releasing
from apps.lists.models import Job

LEFT_AFTER = timedelta(seconds=45)
#: A job that stopped so often would stop again: somebody has to look.
MOST_TRIES = 3
#: With a job's number, what its worker holds: the server lets go of it when the worker dies.
LOCK = 7082006
HELD = """
    select exists (
        select from pg_locks join pg_database on pg_database.oid = pg_locks.database and datname = current_database()
        where locktype = 'advisory' and classid = %s and objid = %s and objsubid = 2 and granted)
"""


def begin_draft(*, week: date) -> Job:
    """The job of the timetable's own draft; nobody asked for it."""
    return Job.objects.create(kind=Job.Kind.DRAFT, week=week, asked_at=timezone.now())


def do(*, job_id: int) -> bool:
    """Do a job, unless it is done or another worker is at it; whether this one did."""
    if not _begin(job_id=job_id):
        return False
    try:
        return _finish(job_id=job_id)
    except Exception as error:
        # its kind alone: the message may quote a child's line
        Job.objects.filter(pk=job_id).update(error=type(error).__name__)
        raise


@transaction.atomic
def _begin(*, job_id: int) -> bool:
    """Count the try in a transaction of its own: what a killed worker began is known then."""
    job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id, done_at=None).first()
    if job is None or job.tries >= MOST_TRIES:
        return False
    return bool(Job.objects.filter(pk=job_id).update(tries=F("tries") + 1, begun_at=timezone.now(), error=""))


@transaction.atomic
def _finish(*, job_id: int) -> bool:
    job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id, done_at=None).first()
    if job is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, job.pk])
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


def at_work(job: Job) -> bool:
    """Whether a worker is at a job at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [LOCK, job.pk])
        return bool(cursor.fetchone()[0])


def left() -> list[int]:
    """Jobs that were perhaps never sent, or whose worker died; not those that stopped too often."""
    since = timezone.now() - LEFT_AFTER
    return list(
        Job.objects.filter(done_at=None, asked_at__lt=since, tries__lt=MOST_TRIES)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
