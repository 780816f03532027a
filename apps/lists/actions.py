"""Publishing the week's lists for every setting at once, and logging who opens and takes them."""

import json
import time
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.audit.actions import record
from apps.children.actions import touch_all
from apps.core import sql
from apps.core.clock import commit_moment, today
from apps.core.errors import Refused
from apps.core.words import longday
from apps.involvements.actions import gather_roll
from apps.involvements.catalogue import ENROLMENTS, SERVICES
from apps.lists.models import Entry, WeeklyList
from apps.ragp.models import Scheme
from apps.ragp.presenters import OTHER_SERVICES
from apps.ragp.queries import current_scheme
from apps.ragp.rules import OVER_AGE

NAMES = json.dumps({code: service.name for code, service in SERVICES.items()})
DRAFT = ("draft_roll", "draft_shared", "draft_entries", "new_lists")


@transaction.atomic
def publish(*, week: date, by: User | int | str | None) -> dict[str, Any]:
    """Freeze the list of every setting for a week; one that stands already gets a new version only where it differs."""
    began = time.monotonic()
    if week.weekday():
        raise Refused(f"A list is for a week that begins on a Monday; {longday(week)} is none.")
    at = commit_moment()
    _refuse_older(week)
    scheme = current_scheme()
    _draft(week)
    given = {
        "week": week,
        "at": at,
        "by": _user_id(by),
        "scheme": scheme.pk,
        "today": today(),
        "over_age": OVER_AGE,
    }
    lists = sql.run("lists", "insert_lists", **given)
    entries = sql.run("lists", "insert_entries", **given)
    sql.run("lists", "insert_departures", **given)
    sql.run("lists", "count")
    Scheme.objects.filter(pk=scheme.pk, watched_from=None).update(watched_from=at)
    record("list.publish", by=by, subject=f"week:{week}", detail={"lists": lists, "entries": entries})
    return {"lists": lists, "entries": entries, "seconds": round(time.monotonic() - began, 2)}


def opened(*, listed: WeeklyList, entries: list[Entry], by: User) -> None:
    """Log that a list was opened on screen, with its version and every child shown."""
    _log("list.open", listed, entries, by, {})


def downloaded(*, listed: WeeklyList, entries: list[Entry], by: User | str, form: str) -> None:
    """Log that a list left the service as a file."""
    _log("list.download", listed, entries, by, {"form": form})


def _log(kind: str, listed: WeeklyList, entries: list[Entry], by: User | str, detail: dict[str, Any]) -> None:
    subject, said = f"weeklylist:{listed.pk}", {"week": str(listed.week), "version": listed.version, **detail}
    record(
        kind,
        by=by,
        subject=subject,
        agency=listed.setting_id,
        children=[e.child_id for e in entries],
        detail=said,
    )


def _refuse_older(week: date) -> None:
    newest = WeeklyList.objects.aggregate(newest=Max("week"))["newest"]
    if newest and week < newest:
        raise Refused(
            f"The lists of the week of {longday(newest)} are published: an earlier week can no longer be."
        )


def _draft(week: date) -> None:
    given = {
        "week": week, "today": today(), "over_age": OVER_AGE, "enrolments": list(ENROLMENTS),
        "services": list(SERVICES), "names": NAMES, "others": OTHER_SERVICES,
    }  # fmt: skip
    sql.run("lists", "working_tables")
    touch_all()
    gather_roll()
    for step in DRAFT:
        sql.run("lists", step, **given)
        with connection.cursor() as cursor:
            cursor.execute("analyze lists_roll, lists_shared, lists_draft, lists_new")


def _user_id(by: User | int | str | None) -> int | None:
    return by.pk if isinstance(by, User) else by if isinstance(by, int) else None
