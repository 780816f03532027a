"""Keeping what a setting says of one child, taking it back, and making facts of it."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.children.actions import touch
from apps.core import sql
from apps.core.clock import commit_moment, today
from apps.core.errors import Refused
from apps.extracts.told import deliver
from apps.involvements.catalogue import ENROLMENTS
from apps.lists.agreements import check_open
from apps.lists.endeavours.words import HOW, MEASURES, SAID, WHOM
from apps.lists.models import Endeavour, Entry, WeeklyList
from apps.lists.returns.actions import returns_feed

WORDS = {
    "said": {code: text for answers in SAID.values() for code, text in answers.items()},
    "whom": WHOM,
    "how": HOW,
}


@transaction.atomic
def keep(*, entry: Entry, listed: WeeklyList, kind: str, given: Mapping[str, Any], by: User) -> Endeavour:
    """Keep a risk assessment, whether the child is expected, or an attempt to reach somebody."""
    check_open(listed)
    made = Endeavour.objects.create(
        setting_id=listed.setting_id, child_id=getattr(entry, "stands", entry.child_id), kind=kind, by=by.pk, at=timezone.now(),
        **given,
    )  # fmt: skip
    record(
        "endeavour.keep", by=by, subject=f"endeavour:{made.pk}", agency=listed.setting_id, children=[made.child_id],
        detail={"kind": kind},
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw(*, endeavour: Endeavour, by: User) -> None:
    """Take back what was entered by mistake; that it was there stays."""
    taken = Endeavour.objects.filter(pk=endeavour.pk, withdrawn_at=None)
    if not taken.update(withdrawn_at=timezone.now(), withdrawn_by=by.pk, taken_at=None):
        raise Refused("This was taken back already.")
    record(
        "endeavour.withdraw", by=by, subject=f"endeavour:{endeavour.pk}", agency=endeavour.setting_id,
        children=[endeavour.child_id], detail={"kind": endeavour.kind},
    )  # fmt: skip


@transaction.atomic
def take() -> list[int]:
    """Make observations of what was said since, and end those of what was taken back; the children, who are rated anew."""
    at = commit_moment()
    left = list(Endeavour.objects.select_for_update().filter(taken_at=None).order_by("pk"))
    if not left:
        return []
    # a delivery of the feed that all returns of settings are
    told = f"endeavours {left[0].pk} {at.isoformat()}"
    extract = deliver(feed=returns_feed(), told=told, as_of=today(), at=at, rows=len(left))
    ids = [each.pk for each in left]
    given = {
        "ids": ids, "extract": extract.pk, "feed": extract.feed_id, "at": at, "enrolments": list(ENROLMENTS),
        "measures": json.dumps(MEASURES), "words": json.dumps(WORDS),
    }  # fmt: skip
    sql.run("lists", "endeavoured", **given)
    children = [child for (child,) in sql.rows("lists", "endeavoured_children", {})]
    done = sql.run("lists", "take_endeavours", **given)
    touch(children)
    sql.run("children", "mark_stale", at=at)
    Endeavour.objects.filter(pk__in=ids).update(taken_at=at)
    record("endeavour.take", by=None, children=children, detail={"observations": done})
    return children
