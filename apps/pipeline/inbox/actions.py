"""Taking files out of the watched folder, and putting each away once it is known what became of it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from time import time
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from apps.audit.actions import record as audit
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.actions.receiving import printable
from apps.extracts.models import Extract, State, Via
from apps.pipeline import summaries
from apps.pipeline.actions import request
from apps.pipeline.inbox import folder
from apps.pipeline.inbox.folder import Claim, Place
from apps.pipeline.inbox.rules import day_in
from apps.pipeline.models import Run

log = logging.getLogger(__name__)

WATCH_LOCK = 7082003
NO_FEED = (
    "There is no feed called {name}. Leave the file in the folder of its feed; manage.py feeds lists them."
)
LOOSE = "The file does not say whose it is. Leave it in the folder of its feed, below this one."
UNDER_WAY = (Run.State.WAITING, Run.State.RUNNING)

Start = Callable[[Run], object]


class Ended(NamedTuple):
    """What became of one thing that was left in the folder; ``extract`` is none where there is no such feed."""

    feed: str
    name: str
    state: str
    reason: str
    extract: int | None


def watch(*, root: Path, start: Start, quiet: float) -> list[Ended]:
    """Look through the folder once: take what has not changed for ``quiet`` seconds, put away what is done; say what ended.

    ``start`` sets the worker on a run. Every step can run again: a look that was broken off is gone on with by the next.
    """
    ended: list[Ended] = []
    with _alone() as alone:
        for place in folder.places(root) if alone and _is_there(root) else ():
            try:
                for each in _work_off(place, start, quiet):
                    ended.append(each)
            except Exception as error:
                # One folder that fails must not stop the others; its words may hold a name, so only the kind is told
                log.error(
                    "a folder of the inbox failed", extra={"feed": place.feed, "kind": type(error).__name__}
                )
    return ended


def _is_there(root: Path) -> bool:
    if not root.is_dir():
        log.error("the watched folder is not there")
    return root.is_dir()


def _work_off(place: Place, start: Start, quiet: float) -> Iterator[Ended]:
    """One delivery of a feed at a time, so that they are committed in the order of their days."""
    for taken in folder.claimed(place):
        done = _settle(taken, start)
        if done is None:
            return
        yield done
    for entry, touched in folder.waiting(place):
        if time() - touched < quiet:
            continue
        taken_now = folder.claim(place, entry)
        if taken_now is None:
            continue
        done = _settle(taken_now, start)
        if done is None:
            return
        yield done


def _settle(taken: Claim, start: Start) -> Ended | None:
    """Receive a claim unless that was done, and put it away if its run is over; None while it is under way."""
    refusal = _no_place(taken)
    if refusal:
        audit("inbox.refused", by="inbox")
        folder.refuse(taken, refusal, ())
        return Ended(taken.place.feed, printable(taken.path.name), State.REFUSED, refusal, None)
    extract = Extract.objects.filter(delivery=taken.token).first()
    if extract is None:
        extract = _receive(taken)
    for run in extract.runs.filter(state=Run.State.WAITING):
        start(run)
        extract.refresh_from_db()
    if extract.runs.filter(state__in=UNDER_WAY).exists():
        return None
    return _put_away(taken, extract)


def _no_place(taken: Claim) -> str:
    if not taken.place.feed:
        return LOOSE
    try:
        summaries.feed(taken.place.feed)
    except Refused:
        return NO_FEED.format(name=printable(taken.place.feed))
    return ""


@transaction.atomic
def _receive(taken: Claim) -> Extract:
    """The extract and its run in one transaction, or a refused extract: either way the delivery is known from then on."""
    feed = summaries.feed(taken.place.feed)
    with ExitStack() as stack:
        try:
            files = folder.opened(taken, stack)
        except Refused as refusal:
            return extracts.turn_away(
                feed=feed, reason=str(refusal), by="inbox", via=Via.INBOX, delivery=taken.token
            )
        with suppress(Refused):  # kept with the extract
            request(
                feed=feed, files=files, as_of=_as_of(taken), by="inbox", via=Via.INBOX, delivery=taken.token
            )
    return Extract.objects.get(delivery=taken.token)


def _as_of(taken: Claim) -> date:
    """The day its name gives, else the day its data last changed."""
    name, moment = folder.day_of(taken)
    return day_in(name) or timezone.localdate(datetime.fromtimestamp(moment, UTC))


def _put_away(taken: Claim, extract: Extract) -> Ended:
    done = Ended(taken.place.feed, printable(taken.path.name), extract.state, extract.reason, extract.pk)
    if extract.state == State.REFUSED:
        found = extract.findings.order_by("module", "row_no", "pk").values_list(
            "module", "row_no", "field", "code", "severity", "message"
        )
        folder.refuse(taken, extract.reason, found)
    else:
        folder.archive(taken, extract.sha256)
    return done


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is at it; held by the connection, so that a fall lets it go."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [WATCH_LOCK])
        alone = bool(cursor.fetchone()[0])
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("select pg_advisory_unlock(%s)", [WATCH_LOCK])
