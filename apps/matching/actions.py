"""Writes about which record belongs to which child."""

from datetime import datetime

from apps.core import sql
from apps.extracts.models import Extract, Feed
from apps.matching.linkage.model import live
from apps.matching.passes import STEPS, Passes
from apps.matching.residue import judge
from apps.matching.settling import settle_questions


def plan_links(*, extract: Extract, undone: Feed | None = None, as_it_stood: bool = False) -> None:
    """Answer *linked*, *new*, *question* or *nameless* for every planned record without a child, by the linkage policy.

    With ``undone``, or ``as_it_stood``, judge as things stood when the extract first came: an undone feed is past changing back to
    then, and its words count as they stand now.
    """
    passes = Passes(extract, undone, as_it_stood=as_it_stood)
    passes.run(*STEPS)
    judge(passes)
    passes.run("write_verdicts")


def apply_links(
    *, extract: Extract, at: datetime, undone: Feed | None = None, as_it_stood: bool = False
) -> None:
    """Carry out the link part of a plan: decisions, link versions and questions, stamped ``at``; then what follows for open questions."""
    sql.run("matching", "apply_links", extract=extract.pk, at=at, model=live().version, after=0)
    settle_questions(Passes(extract, undone, applied=True, as_it_stood=as_it_stood), at)


def may_settle(*, extract: Extract) -> bool:
    """Whether a plan tells of children that are asked about, so that a commit would look at them once more."""
    [(may,)] = sql.rows("matching", "may_settle", {"extract": extract.pk})
    return bool(may)


def place_again(*, extract: Extract) -> None:
    """Let the plan's records stand where looking once more has placed them, for what is to be worked out of the plan after it."""
    sql.run("matching", "place_again", extract=extract.pk)


def resolved(*, extract: Extract, at: datetime) -> int:
    """How many open questions about records of other files found their answer in a commit."""
    [(number,)] = sql.rows("matching", "resolved", {"extract": extract.pk, "at": at})
    return int(number)


def restore_links(*, feed: Feed, before: datetime, at: datetime) -> list[int]:
    """Take back every link and question made since a moment without a person, as if nothing had come since.

    Answers the extracts of other feeds that did come since, oldest first: each is to be judged again in its turn.
    """
    sql.run("matching", "restore_links", feed=feed.pk, before=before, at=at)
    return came_since(before, feed=feed)


def came_since(moment: datetime, *, feed: Feed | None = None) -> list[int]:
    """The extracts, oldest first, that came since a moment and are to be judged again; not those of an undone feed."""
    params = {"feed": feed.pk if feed else None, "before": moment}
    return [extract for (extract,) in sql.rows("matching", "to_rejudge", params)]


def rejudge(*, extract: Extract, undone: Feed | None, at: datetime) -> None:
    """Put what an extract said of its records to the passes once more, after a feed's file or a person's act was undone."""
    sql.run("matching", "rejudge", extract=extract.pk)
    plan_links(extract=extract, undone=undone, as_it_stood=True)
    sql.run("matching", "stay_hidden", extract=extract.pk, at=at)
    sql.run("matching", "rejudged", extract=extract.pk)
    apply_links(extract=extract, at=at, undone=undone, as_it_stood=True)
    sql.run("matching", "rejudged_again", extract=extract.pk)


def affected() -> list[int]:
    """The children whose records have moved or changed in the course of an undo."""
    return [child for (child,) in sql.rows("matching", "affected", {})]
