"""Counting how complete records are."""

from apps.core import sql
from apps.extracts.models import Feed


def measure(*, feed: Feed | None = None) -> None:
    """Count what a feed's records hold, beside its newest committed extract; without a feed, of every feed.

    What was counted for earlier extracts stays: that is the line over time.
    """
    sql.run("pipeline", "measure", feed=feed.pk if feed else None)
