"""The plan of an extract: written by the steps, counted for the preview, and applied as one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction

from apps.children import actions as children
from apps.core import clock, sql
from apps.extracts.models import Extract, Feed
from apps.involvements import actions as involvements
from apps.matching import actions as matching
from apps.ragp import actions as ragp

#: From so many new records on, the live tables are counted at once: the database's own count may come minutes later.
MANY_RECORDS = 1000
LIVE = (
    "children_sourcerecord", "children_recordversion", "children_recordaddress", "involvements_involvement",
    "involvements_involvementdetail", "involvements_sighting", "involvements_observation",
)  # fmt: skip


class Counts(TypedDict):
    """What a plan would do, in figures."""

    records: dict[str, int]
    resolved: int
    involvements: dict[str, int]
    sightings: int
    observations: int
    open_before: int


def write(*, extract: Extract, undone: Feed | None = None) -> Counts:
    """Let every step write its part of the plan; nothing live is touched. Runs in the caller's transaction.

    ``undone`` is the feed whose past is being changed, where the extract is applied again in its old place.
    """
    sql.analyze("extracts_stagedperson", "extracts_stagedfact", "extracts_bundle")
    children.plan_records(extract=extract)
    sql.analyze("children_plannedrecord")
    matching.plan_links(extract=extract, undone=undone)
    involvements.plan_facts(extract=extract)
    return count(extract=extract)


def count(*, extract: Extract) -> Counts:
    """The plan in figures."""
    [(opened, changed, ended, unchanged, sightings, observations, open_before)] = sql.rows(
        "involvements", "count_plan", {"extract": extract.pk, "feed": extract.feed_id}
    )
    return {
        "records": records(extract=extract),
        "resolved": 0,
        "involvements": {"opened": opened, "changed": changed, "ended": ended, "unchanged": unchanged},
        "sightings": sightings,
        "observations": observations,
        "open_before": open_before,
    }


def records(*, extract: Extract) -> dict[str, int]:
    """What becomes of the extract's records: made children, linked, or in question."""
    [(new, linked, question)] = sql.rows("children", "count_plan", {"extract": extract.pk})
    return {"new": new, "linked": linked, "question": question}


def foresee(*, extract: Extract) -> dict[str, Any]:
    """What a commit would come to, for the preview: records as they would stand at its end, and whose rating would move.

    Where questions would resolve by themselves the links are made and looked at, and taken back: another way of working it out would
    tell another story sooner or later.
    """
    if not matching.may_settle(extract=extract):
        return {"ratings": ragp.plan_moves(extract.pk)}
    with transaction.atomic():
        told = place(extract=extract, at=clock.commit_moment())
        matching.place_again(extract=extract)
        told |= {"ratings": ragp.plan_moves(extract.pk)}
        moves = ragp.planned_moves(extract.pk)
        transaction.set_rollback(True)
    ragp.keep_moves(extract.pk, moves)
    return told


def place(*, extract: Extract, at: datetime, undone: Feed | None = None) -> dict[str, Any]:
    """Write the extract's records and link them, with what follows for open questions; answer what it came to."""
    children.apply_records(extract=extract, at=at)
    matching.apply_links(extract=extract, at=at, undone=undone)
    return {"records": records(extract=extract), "resolved": matching.resolved(extract=extract, at=at)}


def apply(*, extract: Extract, counts: Counts, at: datetime, undone: Feed | None = None) -> dict[str, Any]:
    """Carry the plan out, stamped ``at``, and answer what it came to.

    The caller holds the commit lock and its transaction; ``undone`` as for ``write``.
    """
    came_to = place(extract=extract, at=at, undone=undone)
    involvements.apply_facts(extract=extract, at=at)
    if counts["records"]["new"] > MANY_RECORDS:
        sql.analyze(*LIVE)
    _write_planned(extract, at)
    sql.run("pipeline", "weigh_questions", extract=extract.pk, today=clock.today())
    return came_to


def rewind(*, first: Extract, own: Sequence[Extract], by: int | None) -> tuple[datetime, list[Extract]]:
    """Put all that a feed has said back to how it stood before its own extracts were applied; answer the moment that this bears.

    ``first`` is the one whose place in the order of files changes: no link that files made there or later stays. Also answers
    the extracts of other feeds with records that rested on what has gone: ``judge_again`` puts them to the passes in
    their turn, and ``settle`` ends it. The caller holds the transaction.
    """
    at, feed = clock.commit_moment(), first.feed
    moments = [moment for each in own if (moment := each.applied_at or each.committed_at)]
    before = min(moments, default=at)
    children.restore_records(feed=feed, before=before, at=at, by=by)
    involvements.restore_facts(feed=feed, before=before, at=at)
    made = [max(moment, each.judged_at or moment) for each, moment in zip(own, moments, strict=True)]
    place = first.committed_at or at
    found = Extract.objects.in_bulk(ids := matching.restore_links(feed=feed, place=place, own=made, at=at))
    return at, [found[pk] for pk in ids]


def judge_again(*, extract: Extract, undone: Feed | None) -> None:
    """Put the records of an extract that lost their evidence to the passes, as if they came now; no feed where an act was undone."""
    at = clock.commit_moment()
    matching.rejudge(extract=extract, undone=undone, at=at)
    _write_planned(extract, at)


def _write_planned(extract: Extract, at: datetime) -> None:
    """Write the children that a plan touches; one who was asked about and found in this very commit is written as a pointer."""
    children.touch_planned(extract=extract)
    involvements.gather_reach()
    children.refresh_touched(at=at)
    matching.leave_pointers(extract=extract)


def settle() -> None:
    """Work out anew every child that a rewind, and what followed it, has touched."""
    _write(matching.affected(), clock.commit_moment())


def _write(concerned: list[int], at: datetime) -> None:
    children.touch(concerned)
    children.withdraw_touched()
    involvements.gather_reach()
    children.refresh_touched(at=at)


@transaction.atomic
def refresh(concerned: list[int]) -> None:
    """Work out fields, reach and staleness of these children anew."""
    _write(concerned, clock.commit_moment())
