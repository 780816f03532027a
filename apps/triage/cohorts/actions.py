"""Making cohorts, working out who fits, and taking what they hold out of the service."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import commit_moment, today
from apps.core.errors import Refused
from apps.ragp.cohorts import fit, wrong_with
from apps.triage.models import Cohort, CohortStay

log = logging.getLogger(__name__)

By = User | int | str | None


@transaction.atomic
def make(
    *, name: str, conditions: Sequence[Mapping[str, Any]], unseen_days: int | None, shared: bool, by: User
) -> Cohort:
    """Keep a cohort. Its conditions never change: counts over time must speak of one thing."""
    check_conditions(conditions)
    own = agencies_of(by)
    cohort = Cohort.objects.create(
        name=name.strip(), conditions=list(conditions), unseen_days=unseen_days, owner=by.pk, made_at=timezone.now(),
        team=own[0] if shared and own else None,
    )  # fmt: skip
    record("cohort.make", by=by, subject=f"cohort:{cohort.pk}", agency=cohort.team_id)
    return cohort


def check_conditions(conditions: Sequence[Mapping[str, Any]]) -> None:
    """Raise Refused with all that is wrong with them."""
    if not conditions:
        raise Refused("Say at least one thing that is known of the children.")
    if found := wrong_with(conditions):
        raise Refused(" ".join(found))


@transaction.atomic
def watch(*, cohort: Cohort, watched: bool, respond_in_days: int, by: User) -> None:
    """Let a child's entry open something to decide, from now on, or no longer."""
    cohort.watched_from = timezone.now() if watched else None
    cohort.respond_in_days = respond_in_days
    cohort.save(update_fields=["watched_from", "respond_in_days"])
    record(
        "cohort.watch",
        by=by,
        subject=f"cohort:{cohort.pk}",
        detail={"watched": watched, "days": respond_in_days},
    )


@transaction.atomic
def drop(*, cohort: Cohort, by: User) -> None:
    """Put a cohort away; what was decided about its children stays. Only its owner may."""
    if cohort.owner != by.pk:
        raise Refused("Only the person who made this cohort can put it away.")
    cohort.dropped_at, cohort.watched_from = timezone.now(), None
    cohort.save(update_fields=["dropped_at", "watched_from"])
    record("cohort.drop", by=by, subject=f"cohort:{cohort.pk}")


def work_out_all(*, by: By, only_new: bool = False) -> int:
    """Work every cohort out for everybody, or only those that never were; returns how many were."""
    cohorts = Cohort.objects.filter(dropped_at=None).order_by("pk")
    found = list(cohorts.filter(worked_out_at=None) if only_new else cohorts)
    return sum(_tried(cohort, everybody=True, by=by) for cohort in found)


def work_out_rated(*, by: By) -> None:
    """Work every cohort out for the children that were rated in this transaction."""
    for cohort in Cohort.objects.filter(dropped_at=None, worked_out_at__isnull=False).order_by("pk"):
        _tried(cohort, everybody=False, by=by)


def _tried(cohort: Cohort, *, everybody: bool, by: By) -> bool:
    """One that cannot be worked out holds up no other, and no rating; its page says since when its children are not up to date."""
    try:
        work_out(cohort=cohort, everybody=everybody, by=by)
    except DatabaseError as error:
        log.error("a cohort was not worked out", extra={"cohort": cohort.pk, "kind": type(error).__name__})
        return False
    return True


@transaction.atomic
def work_out(*, cohort: Cohort, everybody: bool = True, by: By) -> dict[str, int]:
    """See who fits a cohort now, of everybody or of those just rated: who came, who went, and the day's count."""
    at, day = commit_moment(), today()
    fit(conditions=cohort.conditions, everybody=everybody)
    sql.run("triage", "cohort_table")
    kinds = [f"c{number}" for number, each in enumerate(cohort.conditions, 1) if each.get("categories")]
    sql.run("triage", "cohort_fit", content=kinds, unseen=cohort.unseen_days, today=day)
    given = {"cohort": cohort.pk, "at": at, "everybody": everybody}
    done = {
        "left": sql.run("triage", "cohort_leave", **given),
        "fit": sql.run("triage", "cohort_enter", **given),
    }
    _settle(cohort, at)
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    sql.run(
        "triage", "cohort_count", cohort=cohort.pk, today=day, midnight=midnight, first=_first(cohort) or at
    )
    if any(done.values()):
        record("cohort.work_out", by=by, subject=f"cohort:{cohort.pk}", detail=done)
    return done


def _settle(cohort: Cohort, at: datetime) -> None:
    """Who fits from the first has not entered: a watch begins after it."""
    if cohort.worked_out_at is None and cohort.watched_from:
        cohort.watched_from = at
    cohort.worked_out_at = at
    cohort.save(update_fields=["worked_out_at", "watched_from"])


def _first(cohort: Cohort) -> datetime | None:
    return cohort.stays.order_by("entered_at").values_list("entered_at", flat=True).first()


def look(*, cohort: Cohort, stays: Sequence[CohortStay], by: User) -> None:
    """Log a look at who is in a cohort."""
    record("cohort.look", by=by, subject=f"cohort:{cohort.pk}", children=[stay.child_id for stay in stays])


def export(*, cohort: Cohort, stays: Sequence[CohortStay], form: str, reason: str, by: User) -> None:
    """Log that a list leaves the service, of whom and why; refused without a reason."""
    if not reason.strip():
        raise Refused("Say what the file is for: it is kept with the record of this download.")
    record(
        "cohort.export", by=by, subject=f"cohort:{cohort.pk}", children=[stay.child_id for stay in stays],
        detail={"form": form, "reason": reason.strip()},
    )  # fmt: skip
