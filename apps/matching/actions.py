"""Writes about which record belongs to which child."""

from datetime import datetime

from apps.core import sql
from apps.extracts.models import Extract, Feed
from apps.matching.linkage.model import live
from apps.matching.passes import Passes
from apps.matching.residue import judge
from apps.matching.settling import settle_questions


def plan_links(*, extract: Extract, undone: Feed | None = None) -> None:
    """Answer *linked*, *new*, *question* or *nameless* for every planned record without a child, by the linkage policy.

    With ``undone``, judge as things stood when the extract first came: that feed is past changing back to then, and its words count
    as they stand now.
    """
    passes = Passes(extract, undone)
    passes.run("reopen", "want", "block", "within", "settle", "widen")
    judge(passes)
    passes.run("write_verdicts")


def apply_links(*, extract: Extract, at: datetime, undone: Feed | None = None) -> None:
    """Carry out the link part of a plan: decisions, link versions and questions, stamped ``at``; then what follows for open questions."""
    sql.run("matching", "apply_links", extract=extract.pk, at=at, model=live().version, after=0)
    settle_questions(Passes(extract, undone, applied=True), at)


def restore_links(*, feed: Feed, before: datetime, at: datetime) -> list[int]:
    """Take back every link and question made since a moment without a person, as if nothing had come since.

    Answers the extracts of other feeds that did come since, oldest first: each is to be judged again in its turn.
    """
    sql.run("matching", "restore_links", feed=feed.pk, before=before, at=at)
    return [extract for (extract,) in sql.rows("matching", "to_rejudge", {"feed": feed.pk, "before": before})]


def rejudge(*, extract: Extract, undone: Feed, at: datetime) -> None:
    """Put what an extract said of its records to the passes once more."""
    sql.run("matching", "rejudge", extract=extract.pk)
    plan_links(extract=extract, undone=undone)
    sql.run("matching", "rejudged", extract=extract.pk)
    apply_links(extract=extract, at=at, undone=undone)
    sql.run("matching", "rejudged_again", extract=extract.pk)


def affected() -> list[int]:
    """The children whose records have moved or changed in the course of an undo."""
    return [child for (child,) in sql.rows("matching", "affected", {})]
