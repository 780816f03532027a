"""Writes about which record belongs to which child."""

from datetime import datetime

from apps.core import sql
from apps.extracts.models import Extract, Feed
from apps.matching.linkage.model import live
from apps.matching.passes import Passes
from apps.matching.residue import judge


def plan_links(*, extract: Extract, undone: Feed | None = None) -> None:
    """Answer *linked*, *new*, *question* or *nameless* for every planned record without a child, by the linkage policy.

    With ``undone``, judge as things stood when the extract first came: that feed is past changing back to then, and its words count
    as they stand now.
    """
    passes = Passes(extract, undone)
    passes.run("want", "block", "within", "settle", "widen")
    judge(passes)
    passes.run("write_verdicts")


def apply_links(*, extract: Extract, at: datetime) -> None:
    """Carry out the link part of a plan: decisions, link versions and questions, stamped ``at``."""
    sql.run("matching", "apply_links", extract=extract.pk, at=at, model=live().version)


def restore_links(*, feed: Feed, before: datetime, at: datetime) -> list[int]:
    """Take back the links that a feed's files have made since a moment, without a person, for the records in ``restored``.

    Answers the extracts of other feeds, oldest first, whose records rested on that evidence: each has to be judged again.
    """
    sql.run("matching", "restore_links", feed=feed.pk, before=before, at=at)
    return [extract for (extract,) in sql.rows("matching", "to_rejudge", {})]


def rejudge(*, extract: Extract, undone: Feed, at: datetime) -> None:
    """Put the records of an extract that lost their evidence to the passes once more."""
    sql.run("matching", "rejudge", extract=extract.pk, at=at)
    plan_links(extract=extract, undone=undone)
    apply_links(extract=extract, at=at)
    sql.run("matching", "rejudged", extract=extract.pk)


def affected() -> list[int]:
    """The children whose records have moved or changed in the course of an undo."""
    return [child for (child,) in sql.rows("matching", "affected", {})]
