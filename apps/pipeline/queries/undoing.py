"""What an undo would do and until when it is offered; what a preview says of ratings."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.children.models import Child
from apps.core.words import day
from apps.extracts import actions as extracts
from apps.extracts.models import Extract, Feed, State
from apps.pipeline.keeping import is_over, rows_until
from apps.pipeline.reference import IMPORTS
from apps.ragp.models import PlannedMove

REFERENCE = tuple(IMPORTS)


@dataclass(frozen=True)
class UndoOffer:
    """Whether an extract can be undone, until which day, why not, and which later extracts would be applied again."""

    possible: bool
    until: date | None = None
    sentence: str = ""
    later: list[Extract] = field(default_factory=list)


class Since(NamedTuple):
    """What people did since a commit, which an undo leaves as it is: what, and how often."""

    label: str
    number: int


class Move(NamedTuple):
    """How many children would move from one band to another."""

    from_band: str
    to_band: str
    number: int


def later_commits(extract: Extract) -> list[Extract]:
    """The feed's extracts that were committed after this one and stand, oldest first."""
    found = Extract.objects.filter(feed=extract.feed_id, state=State.COMMITTED).exclude(pk=extract.pk)
    return list(
        found.filter(committed_at__gt=extract.committed_at).select_related("feed").order_by("committed_at")
    )


def undo_offer(extract: Extract) -> UndoOffer:
    """Whether, and until when, an extract can be undone: as long as its rows, and those of the files after it, are kept."""
    if extract.state != State.COMMITTED or extract.committed_at is None:
        return UndoOffer(False, sentence="Only a committed file can be undone.")
    if extract.feed.layout in REFERENCE:
        return UndoOffer(
            False,
            sentence="Reference data is put right by loading the right file: nothing of it is ever deleted.",
        )
    later = later_commits(extract)
    gone = [
        each
        for each in (extract, *later)
        if is_over(each, rows_until(each)) or not extracts.rows_kept(extract=each)
    ]
    if gone:
        which = (
            "this file" if gone[0] == extract else f"the file of {day(gone[0].as_of)}, which came after it,"
        )
        return UndoOffer(
            False,
            later=later,
            sentence=f"The rows of {which} are no longer kept, so it can no longer be undone.",
        )
    until = min(map(rows_until, (extract, *later)))
    return UndoOffer(True, until=until, later=later)


def decided_since(extract: Extract) -> list[Since]:
    """What people have decided since about the children this extract speaks of; an undo keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("select * from vcdb_decided_since(%s, %s)", [extract.pk, extract.committed_at])
        return [Since(*row) for row in cursor.fetchall() if row[1]]


def rating_moves(extract: Extract) -> list[Move]:
    """From which band to which how many children would move, as worked out for the preview."""
    return [Move(*each) for each in extract.counts.get("ratings", [])]


def children_who_move(extract: Extract, user: User, most: int = 200) -> list[tuple[Child, str, str]]:
    """The children within the reader's reach whose band would change, with both bands."""
    moves = PlannedMove.objects.filter(extract_id=extract.pk, child__in=Child.objects.visible_to(user))
    found = moves.select_related("child").order_by("child__surname_key", "child__forename_key")[:most]
    return [(move.child, move.from_band, move.to_band) for move in found]


def rows_expected(feed: Feed) -> int | None:
    """About how many rows a feed's next file has: those of its last committed one."""
    last = Extract.objects.filter(feed=feed, state=State.COMMITTED, corrects=None).order_by("-committed_at")
    return last.values_list("rows", flat=True).first()


def last_change(feed: int | None = None) -> datetime | None:
    """When a commit or an undo last changed what is known, of one feed or of any."""
    found = Extract.objects.filter(feed=feed) if feed else Extract.objects.all()
    moments = found.annotate(moved=Coalesce(F("undone_at"), F("applied_at"), F("committed_at")))
    moment: datetime | None = (
        moments.exclude(moved=None).order_by("-moved").values_list("moved", flat=True).first()
    )
    return moment
