"""Writes about which record belongs to which child."""

from collections.abc import Sequence
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
    leave_pointers(extract=extract)
    settle_questions(Passes(extract, undone, applied=True, as_it_stood=as_it_stood), at)


def leave_pointers(*, extract: Extract) -> None:
    """Let every child that the plan left without a record lead to the child that its record went to."""
    sql.run("matching", "point", extract=extract.pk)


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


def restore_links(*, feed: Feed | None, place: datetime, own: Sequence[datetime], at: datetime) -> list[int]:
    """Take back every link and question made without a person by files at or after a place in their order, as if none had come.

    ``own`` are the moments of the undone feed's own files among them. Answers the extracts of other feeds there, oldest first: each is
    to be judged again in its turn.
    """
    found = sql.rows("matching", "to_rejudge", {"feed": feed.pk if feed else None, "place": place})
    before = min((*own, *(made for _, made in found)), default=at)
    sql.run("matching", "restore_links", feed=feed.pk if feed else None, before=before, at=at)
    return [extract for extract, _ in found]


def rejudge(*, extract: Extract, undone: Feed | None, at: datetime) -> None:
    """Put what an extract said of its records to the passes once more, after a feed's file or a person's act was undone."""
    sql.run("matching", "rejudge", extract=extract.pk)
    plan_links(extract=extract, undone=undone, as_it_stood=True)
    sql.run("matching", "stay_hidden", extract=extract.pk, at=at)
    sql.run("matching", "rejudged", extract=extract.pk)
    apply_links(extract=extract, at=at, undone=undone, as_it_stood=True)
    sql.run("matching", "rejudged_again", extract=extract.pk)
    Extract.objects.filter(pk=extract.pk).update(judged_at=at)


def affected() -> list[int]:
    """The children whose records have moved or changed in the course of an undo."""
    return [child for (child,) in sql.rows("matching", "affected", {})]
