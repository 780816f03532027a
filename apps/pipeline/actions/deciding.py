"""What a person decides about an extract: go on with it, drop it, undo it, commit it again. A worker carries it out."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, State
from apps.pipeline.holding import agreement_ended
from apps.pipeline.models import Run
from apps.pipeline.queries.correcting import correctable
from apps.pipeline.queries.undoing import undo_offer
from apps.pipeline.rules import without_agreement

NO_REASON = "Give a reason: it is kept with what happens next."
BUSY = "Work on this file is already under way. Look again when it has finished."
UNFINISHED = (State.RECEIVED, State.STAGED, State.PREVIEWED, State.HELD)


@transaction.atomic
def release(*, extract: Extract, reason: str = "", by: User | None) -> Run:
    """Go on to the commit of an extract that was previewed or held; raise Refused without a reason where something speaks against it."""
    extract = _locked(extract)
    if extract.state not in (State.PREVIEWED, State.HELD):
        raise Refused(f"This file is {extract.get_state_display().lower()}: there is nothing to commit.")
    if (extract.state == State.HELD or extract.reason) and not reason.strip():
        raise Refused(NO_REASON)
    return _ask(extract, Run.Kind.RELEASE, reason, by)


@transaction.atomic
def undo(*, extract: Extract, reason: str, by: User | None) -> Run:
    """Take back what a committed extract did; raise Refused where that is no longer possible, or without a reason."""
    extract = _locked(extract)
    if not reason.strip():
        raise Refused(NO_REASON)
    offer = undo_offer(extract)
    if not offer.possible:
        raise Refused(offer.sentence)
    return _ask(extract, Run.Kind.UNDO, reason, by)


@transaction.atomic
def redo(*, extract: Extract, reason: str, by: User | None) -> Run:
    """Commit an undone extract again in its old place; raise Refused where its rows are no longer kept, or no agreement stands."""
    extract = _locked(extract)
    if not reason.strip():
        raise Refused(NO_REASON)
    if extract.state != State.UNDONE:
        raise Refused("Only a file that was undone can be committed again.")
    if not extracts.rows_kept(extract=extract):
        raise Refused("The rows of this file are no longer kept. Send the file again.")
    if ended := agreement_ended(extract.feed.agency_id):
        raise Refused(without_agreement(ended))
    return _ask(extract, Run.Kind.REDO, reason, by)


@transaction.atomic
def cancel(*, extract: Extract, by: User | None, reason: str = "") -> None:
    """Drop an extract before its commit: at once where nobody works on it, else before the next step; Refused once it is committed."""
    extract = _locked(extract)
    if extract.state not in UNFINISHED:
        raise Refused(f"This file is {extract.get_state_display().lower()}: it can no longer be cancelled.")
    if Run.objects.filter(extract=extract, state=Run.State.RUNNING).update(
        cancel_asked=True, reason=reason.strip()
    ):
        audit("run.cancel", by=by, agency=extract.feed.agency_id, subject=f"extract:{extract.pk}")
        return
    Run.objects.filter(extract=extract, state=Run.State.WAITING).update(
        state=Run.State.CANCELLED, finished_at=timezone.now()
    )
    drop(extract=extract, by=by.pk if by else None, reason=reason.strip())


def drop(*, extract: Extract, by: int | None, reason: str = "") -> None:
    """Mark an extract as cancelled; nothing live was touched by it, and its rows go with the day's retention."""
    Extract.objects.filter(pk=extract.pk).update(state=State.CANCELLED, reason=reason or extract.reason)
    extract.refresh_from_db()
    audit("extract.cancelled", by=by, agency=extract.feed.agency_id, subject=f"extract:{extract.pk}")


@transaction.atomic
def give_back(*, run: Run, by: User | None) -> None:
    """Take back work that was asked for and that nobody has begun: whoever asked wanted it now or not at all."""
    if Run.objects.filter(pk=run.pk, state=Run.State.WAITING).update(
        state=Run.State.CANCELLED, finished_at=timezone.now()
    ):
        audit(
            "run.give-back",
            by=by,
            agency=run.feed.agency_id,
            subject=f"extract:{run.extract_id}",
            detail={"run": run.pk},
        )


def _locked(extract: Extract) -> Extract:
    return Extract.objects.select_for_update(of=("self",)).select_related("feed").get(pk=extract.pk)


def _ask(extract: Extract, kind: Run.Kind, reason: str, by: User | None) -> Run:
    asked_by = by.pk if by else None
    try:
        with transaction.atomic():
            run = Run.objects.create(
                extract=extract, feed=extract.feed, kind=kind, reason=reason.strip(), requested_by=asked_by
            )
    except IntegrityError:
        raise Refused(BUSY) from None
    audit(
        f"run.{kind}",
        by=by,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        detail={"run": run.pk},
    )
    return run


@transaction.atomic
def take_rejected(*, extract: Extract, by: User | None) -> bytes:
    """A workbook of an extract's rejected rows, for whoever corrects them, but of no child hidden from them; who took it is kept."""
    rows = correctable(extract, everybody=by is None)
    book = extracts.rejected_book(extract=extract, without=rows.withheld)
    audit(
        "extract.rejected_rows",
        by=by,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        children=sorted(rows.children),
    )
    return book
