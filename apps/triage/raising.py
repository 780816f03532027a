"""What comes into the queue beside changes of rating: bands set by hand that want another look, and what settings worry about."""

import json
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import commit_moment, today
from apps.ragp import overriding
from apps.ragp.models import Override
from apps.ragp.queries import current_scheme, overrides_to_raise
from apps.ragp.rules import OVER_AGE
from apps.triage.models import Item
from apps.triage.rules import due_moments


@transaction.atomic
def raise_overrides(*, by: User | int | str | None) -> int:
    """Let each band set by hand that ended by itself, or is due for review, wait for somebody; return how many were taken."""
    found = overrides_to_raise(lost())
    taken = _taken(found) if found else set()
    if taken:
        overriding.raised(overrides=[each for each in found if each.pk in taken])
        children = [each.child_id for each in found if each.pk in taken]
        record("triage.raise", by=by, children=children, detail={"overrides": sorted(taken)})
    return len(taken)


def lost() -> Q:
    """Overrides whose item left the queue because records were joined or taken apart, and about which nobody has decided elsewhere."""
    items = Item.objects.filter(override=OuterRef("pk"))
    elsewhere = Q(child__merged_into__isnull=False) | ~Q(child=OuterRef("child"))
    return Q(Exists(items.filter(elsewhere, state=Item.State.WITHDRAWN))) & ~Q(
        Exists(items.filter(state__in=(Item.State.OPEN, Item.State.DECIDED)))
    )


def _taken(found: list[Override]) -> set[int]:
    text = sql.statement("triage", "override").replace("{taker}", sql.statement("triage", "taker"))
    due = {days: moment.isoformat() for days, moment in due_moments(today()).items()}
    given: dict[str, Any] = {
        "overrides": [each.pk for each in found], "scheme": current_scheme().pk, "at": commit_moment(), "today": today(),
        "over_age": OVER_AGE, "due": json.dumps(due),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return {override for (override,) in cursor.fetchall()}


@transaction.atomic
def raise_worries(*, children: Collection[int], by: User | int | str | None) -> int:
    """Let the newest concern that a setting returned of each of these children wait for somebody, once; return how many do."""
    text = sql.statement("triage", "worry").replace("{taker}", sql.statement("triage", "taker"))
    due = {days: moment.isoformat() for days, moment in due_moments(today()).items()}
    given: dict[str, Any] = {
        "children": list(children), "at": commit_moment(), "today": today(), "over_age": OVER_AGE, "due": json.dumps(due),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        taken = cursor.fetchall()
    if taken:
        worries = sorted(worry for worry, _ in taken)
        record("triage.raise", by=by, children=[child for _, child in taken], detail={"worries": worries})
    return len(taken)
