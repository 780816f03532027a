"""Feeds that bring reference data (settings, wards, the directory of professionals) instead of children."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.agencies import gias, wards
from apps.agencies.actions import Taken, take_register, take_wards
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, Feed, State
from apps.involvements import actions as involvements
from apps.people import directory
from apps.people.actions import import_directory
from apps.pipeline import plan

NONE_USED = (
    "No row of this file could be used. Check that it is this feed's file, with its headings as they were downloaded;"
    " nothing was changed."
)


def _directory(rows: Iterable[Mapping[str, str]], *, by: Any) -> Taken:
    return Taken(import_directory(rows, by=by), {})


IMPORTS = {"gias": take_register, "professionals": _directory, "wards": take_wards}
#: What is read of one row; nothing where it cannot be used.
READERS: dict[str, Callable[[Mapping[str, str]], object]] = {
    "gias": gias.read,
    "professionals": directory.read,
    "wards": wards.read,
}


def handles(feed: Feed) -> bool:
    """Whether the feed brings reference data."""
    return feed.layout in IMPORTS


@transaction.atomic
def take_in(*, extract: Extract, by: int | None, commit: bool = True) -> None:
    """Import the rows and join what waited for them, enrolments to settings, involvements to workers.

    Without ``commit`` all of it is taken back again but the figures, so a preview says exactly what a commit would do.
    """
    rows = extracts.reference_rows(extract=extract)
    with transaction.atomic():
        taken = IMPORTS[extract.feed.layout]([row.cells for row in rows], by=by)
        if not taken.used:
            raise Refused(NONE_USED)
        if commit:
            plan.refresh(involvements.resolve_settings())
            involvements.resolve_workers()
        else:
            transaction.set_rollback(True)
    extract.findings.all().delete()
    reader = READERS[extract.feed.layout]
    extracts.note_unused(extract=extract, rows=[row for row in rows if reader(row.cells) is None])
    Extract.objects.filter(pk=extract.pk).update(
        state=State.COMMITTED if commit else State.PREVIEWED,
        committed_at=timezone.now() if commit else None,
        counts={"settings": taken.counts} if taken.counts else {},
        rows=len(rows),
        accepted=taken.used,
        rejected=len(rows) - taken.used,
    )
    extract.refresh_from_db()
