"""Rating children: one set-based run over those whose facts, or whose days, have changed."""

import json
import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import commit_moment, today, week_of
from apps.core.errors import Refused
from apps.involvements.catalogue import MEASURES
from apps.ragp import rules
from apps.ragp.models import PlannedMove, Scheme, WhatIf
from apps.ragp.queries import current_scheme

#: Which service's sharing decides who may see a measure.
MEASURE_SERVICES = json.dumps({code: measure.service for code, measure in MEASURES.items()})
#: Above this many children sorting in memory pays.
MANY = 5_000
#: How many weeks back a scheme is replayed.
WEEKS = 8


@transaction.atomic
def assess(
    *, by: AbstractBaseUser | int | str | None, children: Iterable[int] | None = None, plan: int | None = None
) -> dict[str, int]:
    """Rate the named children, or all that are stale or due, and keep what differs.

    With ``plan`` (an extract's id) nothing is kept: the answer says what committing it would change.
    """
    scheme, at = current_scheme(), None if plan else commit_moment()
    days = {"true_at": today(), "at": at, "scheme": scheme.pk}
    assessed = _choose(children, plan, days)
    if not assessed:
        return {"assessed": 0, "changed": 0}
    _rate(scheme, plan, days)
    if plan:
        return {"assessed": assessed, "changed": _moved()}
    changed = _keep(days)
    if assessed > MANY:
        sql.analyze("ragp_assessment", "ragp_change")
    record(
        "ragp.assess",
        by=by,
        subject=f"scheme:{scheme.version}",
        detail={"assessed": assessed, "changed": changed},
    )
    return {"assessed": assessed, "changed": changed}


def ratings_changed(plan: int) -> int:
    """How many children would move to another band if the plan of this extract were committed."""
    return assess(by=None, plan=plan)["changed"]


@transaction.atomic
def plan_moves(plan: int) -> list[tuple[str, str, int]]:
    """Work out, and keep for the preview, whose band a plan would move; how many from which band to which."""
    PlannedMove.objects.filter(extract_id=plan).delete()
    sql.analyze("involvements_plannedfact")
    assess(by=None, plan=plan)
    sql.run("ragp", "plan_moves", plan=plan)
    moves = PlannedMove.objects.filter(extract_id=plan).values_list("from_band", "to_band")
    return list(moves.annotate(number=Count("pk")).order_by("from_band", "to_band"))


def planned_moves(plan: int) -> list[PlannedMove]:
    """The moves kept of a plan."""
    return list(PlannedMove.objects.filter(extract_id=plan))


@transaction.atomic
def keep_moves(plan: int, moves: list[PlannedMove]) -> None:
    """Keep moves for the preview that were worked out in a plan tried and taken back."""
    PlannedMove.objects.filter(extract_id=plan).delete()
    PlannedMove.objects.bulk_create(moves, batch_size=5_000)


@transaction.atomic
def ask_what_if(*, scheme: Scheme, by: User | None) -> WhatIf:
    """Ask for a scheme to be tried on everybody; a worker does it."""
    if scheme.state != Scheme.State.DRAFT:
        raise Refused("Only a draft is tried on everybody.")
    asked = WhatIf.objects.create(scheme=scheme, asked_by=by.pk if by else None)
    record("scheme.what_if", by=by, subject=f"scheme:{scheme.version}")
    return asked


def what_if(*, asked: WhatIf, weeks: int = WEEKS) -> WhatIf:
    """Rate everybody by the scheme beside the ratings that stand: who moves, in which groups, and how many a week there would have been."""
    began, day = time.monotonic(), today()
    _try(asked, day)
    asked.weeks = _replay(asked.scheme, day, weeks) if weeks else []
    asked.scheme.what_ifs.exclude(pk=asked.pk).filter(asked_at__lt=asked.asked_at).delete()
    asked.seconds, asked.done_at = round(time.monotonic() - began, 3), timezone.now()
    asked.save()
    return asked


@transaction.atomic
def _try(asked: WhatIf, day: date) -> None:
    commit_moment()  # nothing else commits while facts and ratings are compared
    asked.moves.all().delete()
    asked.children = _everybody()
    _rate(asked.scheme, None, {"true_at": day})
    given = {"what_if": asked.pk, "scheme": asked.scheme_id, "true_at": day}
    sql.run("ragp", "what_if_moves", **given)
    asked.matrix = {}
    for was, now, number in sql.rows("ragp", "what_if_matrix", given):
        asked.matrix.setdefault(was, {})[now] = number
    asked.groups = [list(row) for row in sql.rows("ragp", "what_if_groups", given)]


def _everybody() -> int:
    sql.run("ragp", "working_tables")
    chosen = sql.run("ragp", "target_all")
    sql.analyze("ragp_target")
    _sort_in_memory()
    return chosen


@transaction.atomic
def _replay(scheme: Scheme, day: date, weeks: int) -> list[list[Any]]:
    """Monday, up and down for each of the last weeks, by what was known at the end of each Monday; from the second with ratings on."""
    found = []
    _everybody()
    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table if not exists ragp_replay (week int, child_id bigint, rank int) on commit drop;"
            " truncate ragp_replay"
        )
    for week in range(weeks + 1):
        on = week_of(day) - timedelta(weeks=weeks - week)
        with connection.cursor() as cursor:
            cursor.execute("truncate ragp_result")
        evening = timezone.make_aware(datetime.combine(on, datetime.max.time()))
        _rate(scheme, None, {"true_at": on}, known_at=evening)
        [(up, down, rated_before)] = sql.rows("ragp", "replay_week", {"week": week, "scheme": scheme.pk})
        if rated_before:  # the first files a service ever loads are no work for triage
            found.append([on.isoformat(), up, down])
    return found


def _choose(children: Iterable[int] | None, plan: int | None, days: dict[str, Any]) -> int:
    sql.run("ragp", "working_tables")
    if plan:
        chosen = sql.run("ragp", "target_plan", plan=plan)
    elif children is not None:
        chosen = sql.run("ragp", "target_named", children=list(children))
    else:
        chosen = sql.run("ragp", "target_due", true_at=days["true_at"], scheme=days["scheme"])
    sql.analyze("ragp_target")
    if chosen > MANY:
        _sort_in_memory()
    return chosen


def _sort_in_memory() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '256MB'")


def _rate(scheme: Scheme, plan: int | None, days: dict[str, Any], known_at: datetime | None = None) -> None:
    text = sql.statement("ragp", "assess").replace("{facts}", sql.statement("ragp", "facts").rstrip())
    given = {"plan": plan, "known_at": known_at, "over_age": rules.OVER_AGE, "measures": MEASURE_SERVICES}
    with connection.cursor() as cursor:
        cursor.execute(text, given | {"true_at": days["true_at"], "scheme": scheme.pk})
    sql.analyze("ragp_result")


def rate_chosen(scheme: Scheme, day: date, known_at: datetime | None) -> None:
    """Work out the ratings of the chosen children as known at a moment, beside those that stand."""
    _rate(scheme, None, {"true_at": day}, known_at=known_at)


def _keep(days: dict[str, Any]) -> int:
    sql.run("ragp", "differing", **days)
    sql.analyze("ragp_differing")
    for step in ("reschedule", "supersede", "insert"):
        sql.run("ragp", step, **days)
    return sql.run("ragp", "begin", **days) + sql.run("ragp", "compare", **days)


def _moved() -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.statement("ragp", "moved"))
        return cursor.fetchone()[0]
