"""What leaves a trace here: every search and every look at a child, also the refused ones."""

import uuid
from collections.abc import Collection, MutableMapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record, record_search
from apps.children.models import Child
from apps.core import sql
from apps.profiles.queries.child import Moment
from apps.profiles.queries.search import search
from apps.profiles.rules import Terms

KEPT = "searches"
SINCE = "since"
KEEP = 5


@transaction.atomic
def run_search(*, terms: Terms, typed: dict[str, str], session: MutableMapping[str, Any], by: User) -> str:
    """Search among the children the user may see, log it with its words, and keep the result; return the result's random id."""
    hits, more = search(terms, Child.objects.visible_to(by))
    detail = {"asked": terms.asked, "found": len(hits), "more": more}
    record_search(by=by, terms=typed, children=[hit.child for hit in hits], detail=detail)
    return keep(
        session, {"typed": typed, "hits": [[hit.child, int(hit.grade)] for hit in hits], "more": more}
    )


def keep(session: MutableMapping[str, Any], result: dict[str, Any]) -> str:
    """Keep a result in the session under a random id; only the newest few stay."""
    name = str(uuid.uuid4())
    kept = dict(list(session.get(KEPT, {}).items())[-(KEEP - 1) :])
    session[KEPT] = {**kept, name: result}
    return name


def look(
    *, asked: uuid.UUID, child: Child | None, by: User, as_at: Moment, beside: Collection[int] = ()
) -> None:
    """Log a look at a child's page, with the children named beside the child.

    A refused look says what was asked for and nothing of whether it exists.
    """
    detail: dict[str, Any] = {"as_at": as_at.day.isoformat()} if as_at.at else {}
    if child is None:
        record("child.look", by=by, subject=f"child:{asked}", detail={**detail, "refused": True})
    else:
        record("child.look", by=by, subject=f"child:{asked}", children=[child.pk, *beside], detail=detail)


def visit(*, child: Child, by: User, as_at: Moment) -> datetime | None:
    """Note that the person looked, and answer when they did before; an earlier day's page is no visit. ``look`` logs it."""
    if as_at.at:
        return None
    [(before,)] = sql.rows("profiles", "last_look", {"user": by.pk, "child": child.pk})
    return before


def look_home(*, children: list[int], by: User) -> None:
    """Log whose names stood on somebody's first page."""
    if children:
        record("home.look", by=by, subject="home", children=children)


def arrive(*, user: User, session: MutableMapping[str, Any]) -> datetime | None:
    """When the first page was last opened before this session: what changed since is new to the person."""
    if SINCE not in session:
        session[SINCE] = user.last_look.isoformat() if user.last_look else ""
        User.objects.filter(pk=user.pk).update(last_look=timezone.now())
    return datetime.fromisoformat(session[SINCE]) if session[SINCE] else None
