"""The run of an extract from its files to ratings: request it, execute it, or both at once."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency, SettingAlias
from apps.audit.actions import record as audit
from apps.core import clock
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, Feed, State
from apps.involvements import actions as involvements
from apps.pipeline import lease, plan, reference, summaries
from apps.pipeline.models import Run
from apps.pipeline.progress import Progress, Silent
from apps.pipeline.rules import reason_to_hold
from apps.ragp import actions as ragp
from apps.triage import actions as triage

Files = Sequence[tuple[str, BinaryIO]]


def request(*, feed: Feed, files: Files, as_of: date | None, by: User | None, commit: bool = True) -> Run:
    """Receive the files and queue their run; raise Refused with a sentence where they cannot be taken."""
    extract = extracts.receive(feed=feed, files=files, as_of=as_of, by=by)
    return Run.objects.create(extract=extract, feed=feed, commit=commit, requested_by=by.pk if by else None)


def execute(*, run: Run, progress: Progress | None = None, rated: bool = True) -> dict[str, Any]:
    """Take the run from where it stands to its end and return its summary; another run of the feed raises Refused.

    With ``rated`` false the children stay stale until the next rating: a backlog of files is rated once, not file by file.

    Every step can run again, so a run whose worker died starts over and has exactly one outcome.
    """
    started = time.monotonic()
    progress = progress or Silent()
    lease.claim(run)
    try:
        with lease.heartbeat(run):
            changed = _work(run, progress, rated)
    except Refused as refusal:
        _refuse(run, str(refusal))
        changed = 0
    except lease.Overtaken:
        raise
    except Exception:
        # the text of an unexpected error may hold a row: only its kind is kept, and the lease sweep tries again
        lease.ours(run).update(
            state=Run.State.WAITING, lease_until=None, error="The run stopped unexpectedly."
        )
        raise
    _finish(run, changed)
    progress.step("done")
    return summaries.summary(run.extract, ratings_changed=changed, seconds=time.monotonic() - started)


def load(
    feed_code: str,
    files: Files,
    *,
    as_of: date | None = None,
    by: User | None = None,
    preview: bool = False,
    agency: str = "",
    progress: Progress | None = None,
    rated: bool = True,
) -> dict[str, Any]:
    """Request and execute in one go; a refusal is a summary with its sentence, never an exception."""
    try:
        feed = summaries.feed(feed_code, agency)
        run = request(feed=feed, files=files, as_of=as_of, by=by, commit=not preview)
    except Refused as refusal:
        return summaries.refusal(str(refusal))
    try:
        return execute(run=run, progress=progress, rated=rated)
    except Refused as refusal:
        _refuse(run, str(refusal))
        _finish(run, 0)
        return summaries.refusal(str(refusal), extract=run.extract_id)


@transaction.atomic
def map_setting(*, alias: SettingAlias, setting: Agency, by: User) -> int:
    """Answer which setting a feed's code means, once and for all; return how many children it concerns."""
    SettingAlias.objects.filter(pk=alias.pk).update(
        setting=setting, answered_by=by.pk, answered_at=timezone.now()
    )
    concerned = involvements.settle_alias(alias=alias, setting=setting)
    plan.refresh(concerned)
    audit("setting.map", by=by, agency=setting.pk, subject=f"settingalias:{alias.pk}", children=concerned)
    return len(concerned)


def turn_the_day(*, days: int = 31) -> int:
    """Let enrolments that began or ended with time alone change who reaches the child; return how many children were looked at.

    The window of ``days`` outlasts a service that stood still; looking at a child again changes nothing.
    """
    concerned = involvements.turned(since=clock.today() - timedelta(days=days))
    plan.refresh(concerned)
    return len(concerned)


def rate() -> int:
    """Rate every child whose rating is stale or due and queue what moved; return how many ratings changed."""
    changed = ragp.assess(by=None)["changed"]
    triage.open_items(by=None)
    return changed


def _enter(run: Run, step: str, progress: Progress, total: int | None = None) -> None:
    lease.ours(run).update(step=step, lease_until=timezone.now() + lease.LEASE)
    progress.step(step, total)


def _work(run: Run, progress: Progress, rated: bool) -> int:
    """Walk the steps; return how many ratings changed (or, for a preview, would change)."""
    extract = run.extract
    if reference.handles(extract.feed):
        reference.take_in(extract=extract, by=run.requested_by)
        return 0
    # A worker that died after its commit left only the ratings to do
    if extract.state != State.COMMITTED:
        _read(run, progress)
        _enter(run, "plan", progress)
        if not _plan_and_commit(run, progress):
            return ragp.ratings_changed(plan=extract.pk) if extract.state == State.PREVIEWED else 0
    if not rated:
        return 0
    _enter(run, "assess", progress)
    return rate()


def _read(run: Run, progress: Progress) -> None:
    extract = run.extract
    _enter(run, "stage", progress)
    extracts.stage(extract=extract, progress=progress)
    _enter(run, "validate", progress)
    extracts.interpret(extract=extract, known=summaries.known_bundles(extract.feed), progress=progress)


def _check_not_overtaken(extract: Extract) -> None:
    """Refuse a file that was received beside another one which has been committed since."""
    others = Extract.objects.filter(feed=extract.feed_id, state=State.COMMITTED).exclude(pk=extract.pk)
    if others.filter(Q(sha256=extract.sha256) | Q(as_of__gt=extract.as_of)).exists():
        raise Refused(
            "While this file waited, the same file or a newer one of this feed was committed. Nothing was changed by this one."
        )


@transaction.atomic
def _plan_and_commit(run: Run, progress: Progress) -> bool:
    """Plan under the commit lock, then preview, hold or commit in the same transaction; say whether it was committed."""
    extract = run.extract
    clock.commit_moment()
    lease.hold(run)
    _check_not_overtaken(extract)
    counts = plan.write(extract=extract)
    held = reason_to_hold(
        ended=counts["involvements"]["ended"],
        open_before=counts["open_before"],
        max_ended_percent=extract.feed.max_ended_percent,
    )
    if not run.commit:
        _settle(extract, State.PREVIEWED, counts, by=run.requested_by)
    elif held:
        _settle(extract, State.HELD, counts, by=run.requested_by, reason=held)
    else:
        _enter(run, "commit", progress)
        at = clock.commit_moment()
        plan.apply(extract=extract, counts=counts, at=at)
        extract.committed_at = at
        _settle(extract, State.COMMITTED, counts, by=run.requested_by)
    return extract.state == State.COMMITTED


def _settle(extract: Extract, state: State, counts: plan.Counts, *, by: int | None, reason: str = "") -> None:
    extract.state, extract.counts, extract.reason = state, counts, reason
    extract.save(update_fields=["state", "counts", "reason", "committed_at"])
    audit(
        f"extract.{state}",
        by=by,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        detail=dict(counts),
    )


@transaction.atomic
def _refuse(run: Run, sentence: str) -> None:
    Extract.objects.filter(pk=run.extract_id).update(state=State.REFUSED, reason=sentence)
    run.extract.refresh_from_db()
    audit(
        "extract.refused", by=run.requested_by, agency=run.feed.agency_id, subject=f"extract:{run.extract_id}"
    )


@transaction.atomic
def _finish(run: Run, ratings_changed: int) -> None:
    run.extract.refresh_from_db()
    run.extract.counts |= {"ratings_changed": ratings_changed}
    run.extract.save(update_fields=["counts"])
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.DONE, step="done", lease_until=None, finished_at=timezone.now()
    )
