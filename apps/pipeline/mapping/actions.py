"""From a file to its preview: the file waits for its mapping, the mapping is saved, the run is asked for."""

from datetime import date
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, Feed
from apps.pipeline.mapping.reading import Look, look_into
from apps.pipeline.models import Run


def receive(*, feed: Feed, files: Any, as_of: date | None, by: User) -> Extract:
    """Take in a file that is read once its columns are mapped; Refused where no table can be read from it."""
    extract = extracts.receive(feed=feed, files=files, as_of=as_of, by=by)
    try:
        look_into(extract)
    except Refused as refusal:
        extracts.refuse(extract=extract, reason=str(refusal), by=by)
        raise
    return extract


def look(*, extract: Extract, by: User) -> Look:
    """Look at the first rows of a file; they name children, so the look is on record."""
    seen = look_into(extract)
    audit(
        "extract.look",
        by=by,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        detail={"rows": len(seen.first)},
    )
    return seen


@transaction.atomic
def save(*, extract: Extract, columns: list[dict[str, Any]], service: str, measure: str, by: User) -> Run:
    """Save the feed's mapping and ask for the preview of the file that waited for it."""
    extracts.save_mapping(
        feed=extract.feed, columns=columns, service=service, measure=measure, extract=extract, by=by
    )
    return Run.objects.create(extract=extract, feed=extract.feed, commit=False, requested_by=by.pk)
