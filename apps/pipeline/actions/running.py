"""A run of an extract, from its files to ratings or wherever it stands: request it, execute it, or both at once."""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.core import clock
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, Feed, State, Via
from apps.extracts.packed import unpacked
from apps.pipeline import lease, plan, reference, summaries
from apps.pipeline.actions import changing, deciding
from apps.pipeline.actions.upkeep import rate
from apps.pipeline.holding import changed_since_shown, why_held
from apps.pipeline.models import Run
from apps.pipeline.progress import Progress, Silent
from apps.pipeline.quality.measuring import measure
from apps.pipeline.queries.undoing import last_change, rows_expected

Files = Sequence[tuple[str, BinaryIO]]


def request(
    *,
    feed: Feed,
    files: Files,
    as_of: date | None,
    by: User | str | None,
    commit: bool = True,
    via: str = Via.PAGE,
    delivery: str | None = None,
) -> Run:
    """Receive the files, those of a .zip in its place, and queue their run; raise Refused with a sentence where they cannot be taken."""
    told: dict[str, Any] = {"feed": feed, "by": by, "via": via, "delivery": delivery}
    with ExitStack() as stack:
        try:
            plain = unpacked(files, stack)
        except Refused as refusal:
            extracts.turn_away(reason=str(refusal), **told)
            raise
        extract = extracts.receive(files=plain, as_of=as_of, **told)
    asked_by = by.pk if isinstance(by, User) else None
    return Run.objects.create(extract=extract, feed=feed, commit=commit, requested_by=asked_by)


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
    except Cancelled:
        run.refresh_from_db(fields=["reason"])
        deciding.drop(extract=run.extract, by=run.requested_by, reason=run.reason)
        lease.ours(run).update(state=Run.State.CANCELLED, lease_until=None, finished_at=timezone.now())
        return summaries.summary(run.extract, ratings_changed=0, seconds=time.monotonic() - started)
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
        run = request(feed=feed, files=files, as_of=as_of, by=by, commit=not preview, via=Via.COMMAND)
    except Refused as refusal:
        return summaries.refusal(str(refusal))
    try:
        return execute(run=run, progress=progress, rated=rated)
    except Refused as refusal:
        _refuse(run, str(refusal))
        _finish(run, 0)
        return summaries.refusal(str(refusal), extract=run.extract_id)


def carry_out(*, run: Run, by: User | None, progress: Progress | None = None) -> dict[str, Any]:
    """Do here and now what was decided about an extract; where it cannot be done the summary is a refusal and nothing is left waiting."""
    try:
        summary = execute(run=run, progress=progress)
    except Refused as refusal:
        deciding.give_back(run=run, by=by)
        return summaries.refusal(str(refusal), extract=run.extract_id)
    run.refresh_from_db()
    return summaries.refusal(run.error, extract=run.extract_id) if run.error else summary


class Cancelled(Exception):
    """Somebody asked for this run to stop before its next step."""


def _enter(run: Run, step: str, progress: Progress, total: int | None = None) -> None:
    if run.extract.state != State.COMMITTED and lease.ours(run).filter(cancel_asked=True).exists():
        raise Cancelled
    lease.ours(run).update(step=step, lease_until=timezone.now() + lease.LEASE)
    progress.step(step, total)


def _work(run: Run, progress: Progress, rated: bool) -> int:
    """Walk the steps of the run's kind; return how many ratings changed (or, for a preview, would change)."""
    extract = run.extract
    if reference.handles(extract.feed):
        reference.take_in(extract=extract, by=run.requested_by, commit=run.commit)
        measure(feed=extract.feed)
        return 0
    if not STEPS[run.kind](run, progress):
        return sum(move[2] for move in extract.counts.get("ratings", []))
    measure(feed=extract.feed)
    if not rated:
        return 0
    _enter(run, "assess", progress)
    return rate()


def _load(run: Run, progress: Progress) -> bool:
    """From the files to a commit, a preview or a hold; say whether it was committed."""
    # A worker that died after its commit left only the ratings to do
    if run.extract.state != State.COMMITTED:
        _enter(run, "stage", progress, rows_expected(run.feed))
        extracts.stage(extract=run.extract, progress=progress)
        _interpret(run, progress)
        _enter(run, "plan", progress)
        return _plan_and_commit(run, progress)
    return True


def _release(run: Run, progress: Progress) -> bool:
    """From a preview or a hold to the commit, by the plan that was looked at where nothing has changed since."""
    extract = run.extract
    if extract.state != State.COMMITTED:
        planned = extract.planned_at
        if planned is None or (last := last_change(extract.feed_id)) and last > planned:
            _interpret(run, progress)
        _enter(run, "plan", progress)
        return _plan_and_commit(run, progress)
    return True


def _undo(run: Run, progress: Progress) -> bool:
    if run.extract.state != State.UNDONE:
        _enter(run, "undo", progress)
        changing.take_out(run, progress)
    return True


def _redo(run: Run, progress: Progress) -> bool:
    if run.extract.state != State.COMMITTED:
        _enter(run, "commit", progress)
        changing.put_back(run, progress)
    return True


STEPS: dict[str, Callable[[Run, Progress], bool]] = {
    Run.Kind.LOAD: _load,
    Run.Kind.RELEASE: _release,
    Run.Kind.UNDO: _undo,
    Run.Kind.REDO: _redo,
}


def _interpret(run: Run, progress: Progress) -> None:
    _enter(run, "validate", progress)
    extracts.interpret(
        extract=run.extract, known=summaries.known_bundles(run.extract.feed), progress=progress
    )


def _check_not_overtaken(extract: Extract) -> None:
    """Refuse a file that was received beside the same one, which has been committed since."""
    others = Extract.objects.filter(feed=extract.feed_id, state=State.COMMITTED).exclude(pk=extract.pk)
    if others.filter(sha256=extract.sha256, as_of__gte=extract.as_of).exists():
        raise Refused(
            "While this file waited, the same file of this feed was committed. Nothing was changed by this one."
        )


@transaction.atomic
def _plan_and_commit(run: Run, progress: Progress) -> bool:
    """Plan under the commit lock, then preview, hold or commit in the same transaction; say whether it was committed."""
    extract = run.extract
    moment = clock.commit_moment()
    lease.hold(run)
    _check_not_overtaken(extract)
    counts, shown = extract.counts, dict(extract.counts)
    if run.kind == Run.Kind.LOAD or (last := last_change()) is None or last > extract.planned_at:  # type: ignore[operator]
        counts, extract.planned_at = dict(plan.write(extract=extract)), moment
    released = run.kind == Run.Kind.RELEASE
    reasons = changed_since_shown(extract, counts, shown) if released else why_held(extract, counts)
    if reasons or not run.commit:
        _enter(run, "preview", progress)
        counts |= plan.foresee(extract=extract)
        state = State.HELD if run.commit else State.PREVIEWED
        _settle(extract, state, counts, by=run.requested_by, reason="\n".join(reasons))
        return False
    _enter(run, "commit", progress)
    at = clock.commit_moment()
    counts |= plan.apply(extract=extract, counts=counts, at=at)
    extract.committed_at = extract.applied_at = at
    _settle(extract, State.COMMITTED, counts, by=run.requested_by, reason=run.reason)
    return True


def _settle(
    extract: Extract, state: State, counts: dict[str, Any], *, by: int | None, reason: str = ""
) -> None:
    extract.state, extract.counts, extract.reason = state, counts, reason
    extract.save(update_fields=["state", "counts", "reason", "planned_at", "committed_at", "applied_at"])
    audit(
        f"extract.{state}",
        by=by,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        detail=dict(counts),
    )


@transaction.atomic
def _refuse(run: Run, sentence: str) -> None:
    """Keep why; work on an extract that stands already leaves it as it stands."""
    if run.kind in (Run.Kind.UNDO, Run.Kind.REDO):
        Run.objects.filter(pk=run.pk).update(error=sentence)
        return
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
