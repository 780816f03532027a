"""The order of a feed's commits, changed: one taken out or put back, and those after it applied again."""

from django.db import transaction

from apps.audit.actions import record as audit
from apps.core import clock
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, Feed, State
from apps.pipeline import lease, plan, summaries
from apps.pipeline.models import Run
from apps.pipeline.progress import Progress
from apps.pipeline.queries.undoing import decided_since, later_commits, undo_offer


@transaction.atomic
def take_out(run: Run, progress: Progress) -> None:
    """Undo a committed extract: everything as it was before, then the feed's later files applied again, all or nothing."""
    extract, later = _hold(run)
    offer = undo_offer(extract)
    if not offer.possible:
        raise Refused(offer.sentence)
    kept = [since._asdict() for since in decided_since(extract)]
    at, shaken = plan.rewind(first=extract, own=[extract, *later], by=run.requested_by)
    extract.state, extract.undone_at, extract.reason = State.UNDONE, at, run.reason
    extract.counts |= {"kept": kept}
    extract.save(update_fields=["state", "undone_at", "reason", "counts"])
    _go_through(extract.feed, later, shaken, progress)
    _tell("extract.undone", run, later)


@transaction.atomic
def put_back(run: Run, progress: Progress) -> None:
    """Commit an undone extract again in its old place: later files are taken back first and applied again after it."""
    extract, later = _hold(run)
    _, shaken = plan.rewind(first=extract, own=later, by=run.requested_by)
    extract.state, extract.undone_at, extract.reason = State.COMMITTED, None, run.reason
    extract.save(update_fields=["state", "undone_at", "reason"])
    _go_through(extract.feed, [extract, *later], shaken, progress)
    _tell("extract.committed", run, later)


def _hold(run: Run) -> tuple[Extract, list[Extract]]:
    """Under the commit lock: the extract as it stands now and the feed's commits after it, oldest first."""
    clock.commit_moment()
    lease.hold(run)
    extract = run.extract
    extract.refresh_from_db()
    return extract, later_commits(extract)


def _go_through(feed: Feed, again: list[Extract], shaken: list[Extract], progress: Progress) -> None:
    """Apply the feed's own extracts again, and judge again what other feeds' records belong to, in the order they once came."""
    own = {extract.pk for extract in again}
    for extract in sorted((*again, *shaken), key=lambda each: each.committed_at or each.received_at):
        if extract.pk in own:
            _apply_again(extract, progress)
        else:
            plan.judge_again(extract=extract, undone=feed)
    plan.settle()


def _apply_again(extract: Extract, progress: Progress) -> None:
    extracts.interpret(extract=extract, known=summaries.known_bundles(extract.feed), progress=progress)
    counts = plan.write(extract=extract, undone=extract.feed)
    extract.applied_at = clock.commit_moment()
    came_to = plan.apply(extract=extract, counts=counts, at=extract.applied_at, undone=extract.feed)
    extract.counts |= counts | came_to
    extract.save(update_fields=["applied_at", "counts"])


def _tell(kind: str, run: Run, later: list[Extract]) -> None:
    extract = run.extract
    audit(
        kind,
        by=run.requested_by,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        detail={"run": run.pk, "applied_again": [each.pk for each in later]},
    )
