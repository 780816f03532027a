"""Until when files and rows are kept: asked by the task that deletes them and by the page that offers to undo."""

from datetime import date, timedelta

from django.utils import timezone

from apps.extracts.models import Extract, State


def rows_until(extract: Extract) -> date:
    """The last day the rows of an extract are kept: so many days after its commit, or after it came where it was never committed."""
    begun = extract.committed_at or extract.received_at
    return timezone.localdate(begun) + timedelta(days=extract.feed.keep_rows_days)


def files_until(extract: Extract) -> date:
    """The last day its files are kept."""
    return timezone.localdate(extract.received_at) + timedelta(days=extract.feed.keep_files_days)


def is_over(extract: Extract, until: date) -> bool:
    """Whether the days are over; nothing can be done any more with an extract that was cancelled."""
    return extract.state == State.CANCELLED or until < timezone.localdate()
