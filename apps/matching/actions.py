"""Writes about which record belongs to which child."""

from datetime import datetime

from django.db import connection

from apps.core import sql
from apps.extracts.models import Extract, Feed

#: A version of a record or address that was known when an extract came.
AS_IT_STOOD = (
    "case when {row}.feed_id = %(undone)s then {row}.recorded_to is null"
    " else {row}.recorded_from < %(came)s and ({row}.recorded_to is null or {row}.recorded_to >= %(came)s) end"
)


def plan_links(*, extract: Extract, undone: Feed | None = None, as_it_stood: bool = False) -> None:
    """Answer *linked*, *new*, *question* or *nameless* for every planned record without a child, by the deterministic passes.

    With ``undone``, or ``as_it_stood``, judge as things stood when the extract first came: an undone feed is past changing back to
    then, and its words count as they stand now.
    """
    text = sql.statement("matching", "plan_links")
    if undone or as_it_stood:
        for table in ("v", "a"):
            text = text.replace(f"{table}.recorded_to is null", AS_IT_STOOD.replace("{row}", table))
    params = {"extract": extract.pk, "undone": undone.pk if undone else None, "came": extract.committed_at}
    with connection.cursor() as cursor:
        cursor.execute(text, params)


def apply_links(*, extract: Extract, at: datetime) -> None:
    """Carry out the link part of a plan: decisions, link versions and questions, stamped ``at``."""
    sql.run("matching", "apply_links", extract=extract.pk, at=at)


def restore_links(*, feed: Feed, before: datetime, at: datetime) -> list[int]:
    """Take back the links that a feed's files have made since a moment, without a person, for the records in ``restored``.

    Answers the extracts of other feeds, oldest first, whose records rested on that evidence: each has to be judged again.
    """
    sql.run("matching", "restore_links", feed=feed.pk, before=before, at=at)
    return shaken()


def shaken() -> list[int]:
    """The extracts, oldest first, of the records that an undo has left to be judged again."""
    return [extract for (extract,) in sql.rows("matching", "to_rejudge", {})]


def rejudge(*, extract: Extract, undone: Feed | None, at: datetime) -> None:
    """Put the records of an extract that lost their evidence, to an undone feed or act, to the passes once more."""
    sql.run("matching", "rejudge", extract=extract.pk, at=at)
    plan_links(extract=extract, undone=undone, as_it_stood=True)
    apply_links(extract=extract, at=at)
    sql.run("matching", "stay_hidden", extract=extract.pk, at=at)
    sql.run("matching", "rejudged", extract=extract.pk)


def affected() -> list[int]:
    """The children whose records have moved or changed in the course of an undo."""
    return [child for (child,) in sql.rows("matching", "affected", {})]
