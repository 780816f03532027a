"""Feeds that are no files: what people tell the service itself of children, a delivery each time facts are made of it."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from apps.agencies.models import Agency
from apps.extracts.models import Extract, Feed, State


def told_feed(code: str, title: str, services: Sequence[str]) -> Feed:
    """The feed of one kind of telling; no file of it is ever awaited or uploaded. ``services`` decide who may know of it."""
    council, _ = Agency.objects.get_or_create(
        code="council", defaults={"name": "Borough Council", "kind": "service"}
    )
    given = {
        "title": title, "agency": council, "layout": code, "id_scheme": code, "is_full": False, "services": list(services), "active": False,
    }  # fmt: skip
    return Feed.objects.get_or_create(code=code, defaults=given)[0]


def deliver(*, feed: Feed, told: str, as_of: date, at: datetime, rows: int, by: int | None = None) -> Extract:
    """A delivery, committed ``at``, that facts can come from; ``told`` says what of, never the same twice."""
    return Extract.objects.create(
        feed=feed, as_of=as_of, sha256=hashlib.sha256(told.encode()).hexdigest(), state=State.COMMITTED, received_by=by,
        committed_at=at, applied_at=at, rows=rows, accepted=rows,
    )  # fmt: skip
