"""Keeping what a setting returns, sending it, and making facts of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.children.actions import touch
from apps.core import sql
from apps.core.clock import commit_moment
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed
from apps.extracts.told import deliver, told_feed
from apps.involvements.catalogue import ENROLMENTS
from apps.lists.agreements import check_open
from apps.lists.asked_back import QUESTIONS
from apps.lists.models import Answer, Entry, Return, WeeklyList

FEED = "setting_returns"
FIELDS = [question.name for question in QUESTIONS]


@transaction.atomic
def save(*, listed: WeeklyList, given: Mapping[int, Mapping[str, Any]], by: User) -> int:
    """Keep answers by entry; only those that differ are written. How many did."""
    check_open(listed)
    entries = {entry.pk: entry for entry in Entry.objects.filter(list=listed, pk__in=given)}
    there = {answer.entry_id: answer for answer in Answer.objects.filter(entry__in=entries)}
    now = timezone.now()
    changed = [
        Answer(entry_id=pk, saved_by=by.pk, saved_at=now, **_values(given[pk]))
        for pk in entries
        if _values(given[pk]) != (_kept(there[pk]) if pk in there else _values({}))
    ]
    Answer.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=[*FIELDS, "saved_by", "saved_at"],
    )
    if changed:
        record(
            "list.answer", by=by, subject=f"weeklylist:{listed.pk}", agency=listed.setting_id,
            children=[entries[answer.entry_id].child_id for answer in changed], detail={"answers": len(changed)},
        )  # fmt: skip
    return len(changed)


@transaction.atomic
def send(*, listed: WeeklyList, by: User) -> Return:
    """Say that the answers of a list are the setting's return; sent again, the newer ones take the place of the older."""
    check_open(listed)
    answers = Answer.objects.filter(entry__list=listed).count()
    if not answers:
        raise Refused("Nothing is filled in yet.")
    given = {"sent_by": by.pk, "sent_at": timezone.now(), "answers": answers, "taken_at": None}
    made, _ = Return.objects.update_or_create(list=listed, defaults=given)
    detail = {"answers": answers, "version": listed.version}
    record("list.return", by=by, subject=f"weeklylist:{listed.pk}", agency=listed.setting_id, detail=detail)
    return made


@transaction.atomic
def take(*, return_id: int) -> list[int]:
    """Make sightings and observations of a return that was sent, whose children are rated anew; their ids."""
    at = commit_moment()
    made = Return.objects.select_for_update(of=("self",)).filter(pk=return_id, taken_at=None).first()
    if made is None:
        return []
    children, done = _make_facts(made, at)
    touch(children)
    sql.run("children", "mark_stale", at=at)
    Return.objects.filter(pk=made.pk).update(taken_at=at)
    record(
        "list.take_return",
        by=made.sent_by,
        subject=f"weeklylist:{made.list_id}",
        children=children,
        detail=done,
    )
    return children


def _make_facts(made: Return, at: datetime) -> tuple[list[int], dict[str, int]]:
    """The children of a return, and how many facts it made of them."""
    extract = _extract(made, at)
    given = {
        "list": made.list_id, "extract": extract.pk, "feed": extract.feed_id, "at": at, "enrolments": list(ENROLMENTS),
    }  # fmt: skip
    sql.run("lists", "returned", **given)
    children = [child for (child,) in sql.rows("lists", "returned_children", {})]
    done = {
        "children": len(children),
        "sightings": sql.run("lists", "take_sightings", **given),
        "observations": sql.run("lists", "take_observations", **given),
    }
    for step in ("withdraw_rolls", "ask_rolls"):
        sql.run("lists", step, **given)
    return children, done


def left() -> list[int]:
    """Returns that were sent and are no facts yet."""
    return list(Return.objects.filter(taken_at=None).order_by("pk").values_list("pk", flat=True))


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        question.name: given.get(question.name) or (None if question.is_day else "") for question in QUESTIONS
    }


def _kept(answer: Answer) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in FIELDS}


def returns_feed() -> Feed:
    """The one feed that everything is that settings tell of their children."""
    return told_feed(FEED, "Weekly returns of settings", ["school_roll"])


def _extract(made: Return, at: Any) -> Extract:
    """Where the facts come from: each sending is a delivery of that feed."""
    return deliver(
        feed=returns_feed(), told=f"{made.pk} {made.sent_at.isoformat()}", as_of=made.list.week, at=at, rows=made.answers,
        by=made.sent_by,
    )  # fmt: skip
