"""Drafting a week's lists, set by set: who is on which, what each may say, and what speaks against sending it."""

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction

from apps.access.roles import ROLES
from apps.children.actions import touch_all
from apps.core import sql
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.words import longday
from apps.involvements.actions import gather_roll
from apps.involvements.catalogue import ENROLMENTS, SERVICES
from apps.lists import progress
from apps.lists.models import Asking, Snag, WeeklyList
from apps.lists.rules import SHRUNK_FROM, school_age
from apps.ragp.presenters import OTHER_SERVICES
from apps.ragp.queries import current_scheme
from apps.ragp.rules import OVER_AGE

log = logging.getLogger(__name__)

NAMES = json.dumps({code: service.name for code, service in SERVICES.items()})
#: Each step with what it fills, which is counted before the next one reads it.
DRAFT = {
    "draft_shared": ("lists_reader", "lists_shared"),
    "draft_involved": ("lists_involved",),
    "draft_entries": ("lists_draft",),
    "new_lists": ("lists_new",),
}
#: Settings whose entries are frozen between two words about how far it is.
AT_ONCE = 250
#: Whom the return about plans and social workers asks about: who is in need, protected or looked after has a social worker.
PLAN = ["ehcp", "social_worker", "child_in_need", "child_protection", "looked_after"]
#: Roles whose holders open their own setting's list.
READERS = [code for code, role in ROLES.items() if "list.view" in role.permissions]


def check_week(week: date) -> None:
    """Refuse a week that begins on no Monday, and one before a week that has lists."""
    if week.weekday():
        raise Refused(f"A list is for a week that begins on a Monday; {longday(week)} is none.")
    newest = WeeklyList.objects.order_by("-week").values_list("week", flat=True).first()
    if newest and week < newest:
        raise Refused(
            f"The lists of the week of {longday(newest)} are there: an earlier week can no longer be drafted."
        )


def draft_lists(*, week: date, at: datetime, by: int | None) -> tuple[int, int]:
    """Draft what differs from what there is for the week, inside the caller's transaction; how many lists and entries."""
    progress.tell(week, 0, 0)
    gather()
    sql.run("lists", "close_rolls", at=at)
    asked = Asking.objects.filter(from_week__lte=week).first()
    given = {
        "week": week, "at": at, "by": by, "scheme": current_scheme().pk, "today": today(), "over_age": OVER_AGE,
        "services": list(SERVICES), "enrolments": list(ENROLMENTS), "names": NAMES, "others": OTHER_SERVICES,
        "asked": asked.who if asked else Asking.Who.KNOWN, "plan": PLAN,
    }  # fmt: skip
    for step, filled in DRAFT.items():
        sql.run("lists", step, **given)
        sql.analyze(*filled)
    sql.run("lists", "replace_drafts")
    lists = sql.run("lists", "insert_lists", **given)
    sql.run("lists", "insert_basis")
    made = list(new_lists())
    entries = insert_entries(made, given)
    sql.run("lists", "insert_departures", **given)
    sql.run("lists", "count")
    find_snags(made)
    return lists, entries


def insert_entries(made: Sequence[int], given: Mapping[str, Any]) -> int:
    """Freeze the entries some hundred settings at a time, so that whoever waits sees how far it is; how many."""
    entries = 0
    progress.tell(given["week"], 0, len(made))
    for first in range(0, len(made), AT_ONCE):
        now = made[first : first + AT_ONCE]
        entries += freeze(now, given)
        progress.tell(given["week"], first + len(now), len(made))
    return entries


def freeze(lists: Sequence[int], given: Mapping[str, Any]) -> int:
    """Freeze the entries of some lists; a setting with something that cannot be kept leaves its own list empty, and no other."""
    try:
        with transaction.atomic():
            return sql.run("lists", "insert_entries", lists=lists, **given)
    except (DataError, IntegrityError) as error:
        if len(lists) == 1:
            # the message itself may quote a child's line
            log.error("a list could not be drafted: %s", type(error).__name__, extra={"list": lists[0]})
            return 0
    half = len(lists) // 2
    return freeze(lists[:half], given) + freeze(lists[half:], given)


def gather() -> None:
    """Work out who is on whose list today, by the newest word of any source."""
    born_from, born_until = school_age(today())
    given = {
        "today": today(), "over_age": OVER_AGE, "enrolments": list(ENROLMENTS), "born_from": born_from, "born_until": born_until,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '128MB'")  # a borough's lists are sorted and joined in memory
    sql.run("lists", "working_tables")
    touch_all()
    gather_roll()
    for step in ("draft_roll", "name_teams", "draft_no_setting"):
        sql.run("lists", step, **given)
    sql.analyze("lists_roll")


def failed() -> list[str]:
    """Names of the settings whose list this transaction could not draft."""
    snagged = Snag.objects.filter(kind=Snag.Kind.FAILED, list__in=new_lists())
    return list(snagged.order_by("list__setting__name").values_list("list__setting__name", flat=True))


def new_lists() -> Sequence[int]:
    """The ids of the lists that this transaction drafted."""
    with connection.cursor() as cursor:
        cursor.execute("select list_id from lists_new order by 1")
        return [number for (number,) in cursor.fetchall()]


def find_snags(lists: Sequence[int]) -> None:
    """Write down what speaks against these lists, by the roll that was gathered in this transaction."""
    sql.run("lists", "find_snags", lists=list(lists), today=today(), readers=READERS, shrunk_from=SHRUNK_FROM)
