"""Drafting and publishing the week's lists for every setting at once, and logging who opens and takes them."""

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import commit_moment
from apps.lists import drafting, receipts
from apps.lists.models import Departure, Entry, Snag, WeeklyList
from apps.lists.releasing import start_watch


@transaction.atomic
def draft(*, week: date, by: User | int | str | None) -> dict[str, Any]:
    """Draft the list of every setting for a week; a draft that stands is replaced, what is out gets a new version, where it differs."""
    began = time.monotonic()
    at = commit_moment()
    drafting.check_week(week)
    lists, entries = drafting.draft_lists(week=week, at=at, by=_user_id(by))
    failed = drafting.failed()
    detail = {"lists": lists, "entries": entries} | ({"failed": failed} if failed else {})
    record("list.draft", by=by, subject=f"week:{week}", detail=detail)
    return detail | {"seconds": round(time.monotonic() - began, 2)}


@transaction.atomic
def publish(*, week: date, by: User | int | str | None) -> dict[str, Any]:
    """Draft a week's lists and release every draft at once, unchecked: for trials, and for who hands lists out by other means."""
    began = time.monotonic()
    at = commit_moment()
    drafting.check_week(week)
    lists, entries = drafting.draft_lists(week=week, at=at, by=_user_id(by))
    standing = WeeklyList.objects.filter(week=week, state__in=("drafted", "checked"))
    standing = standing.exclude(snags__kind=Snag.Kind.FAILED)
    drafts = list(standing.values_list("pk", flat=True))
    standing.update(state=WeeklyList.State.RELEASED, released_at=at, released_by=_user_id(by))
    sql.run("lists", "carry_answers", lists=drafts)
    start_watch(at=at)
    record("list.publish", by=by, subject=f"week:{week}", detail={"lists": lists, "entries": entries})
    return {"lists": lists, "entries": entries, "seconds": round(time.monotonic() - began, 2)}


@transaction.atomic
def opened(*, listed: WeeklyList, entries: Sequence[Entry | Departure], by: User) -> None:
    """Log that a list was opened on screen, with its version and every child shown."""
    receipts.keep(listed=listed, by=by)
    _log("list.open", listed, entries, by, {})


@transaction.atomic
def downloaded(*, listed: WeeklyList, entries: list[Entry], by: User | str, form: str) -> None:
    """Log that a list left the service as a file."""
    receipts.keep(listed=listed, by=by, download=True)
    _log("list.download", listed, entries, by, {"form": form})


def refused(*, listed: WeeklyList, by: User) -> None:
    """Log that somebody asked for a list that had been recalled, and got no line of it."""
    _log("list.recalled", listed, [], by, {})


def closed(*, listed: WeeklyList, by: User) -> None:
    """Log that somebody asked for a list one of whose agreements has ended, and got no line of it."""
    _log("list.closed", listed, [], by, {})


def _log(
    kind: str,
    listed: WeeklyList,
    entries: Sequence[Entry | Departure],
    by: User | str,
    detail: dict[str, Any],
) -> None:
    subject, said = f"weeklylist:{listed.pk}", {"week": str(listed.week), "version": listed.version, **detail}
    record(
        kind,
        by=by,
        subject=subject,
        agency=listed.setting_id,
        children=list(dict.fromkeys(e.child_id for e in entries)),
        detail=said,
    )


def _user_id(by: User | int | str | None) -> int | None:
    return by.pk if isinstance(by, User) else by if isinstance(by, int) else None
