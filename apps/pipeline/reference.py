"""Feeds that bring reference data (settings, the directory of professionals) instead of children."""

from django.db import transaction
from django.utils import timezone

from apps.agencies.actions import import_establishments
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, Feed, State
from apps.involvements import actions as involvements
from apps.people.actions import import_directory
from apps.pipeline import plan

NONE_USED = (
    "No row of this file could be used. Check that it is this feed's file, with its headings as they were downloaded;"
    " nothing was changed."
)
IMPORTS = {"gias": import_establishments, "professionals": import_directory}


def handles(feed: Feed) -> bool:
    """Whether the feed brings reference data."""
    return feed.layout in IMPORTS


@transaction.atomic
def take_in(*, extract: Extract, by: int | None) -> None:
    """Import the rows and join what waited for them: enrolments to settings, involvements to workers."""
    rows = extracts.reference_rows(extract=extract)
    taken = IMPORTS[extract.feed.layout](rows=rows, by=by)
    if not taken:
        raise Refused(NONE_USED)
    plan.refresh(involvements.resolve_settings())
    involvements.resolve_workers()
    Extract.objects.filter(pk=extract.pk).update(
        state=State.COMMITTED,
        committed_at=timezone.now(),
        rows=len(rows),
        accepted=taken,
        rejected=len(rows) - taken,
    )
    extract.refresh_from_db()
