"""Freezing a week, and logging who opens the rows behind a figure or takes a report away."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.clock import commit_moment
from apps.core.errors import Refused
from apps.core.words import longday
from apps.reports import working
from apps.reports.models import Report
from apps.reports.moments import Span, midnight


def freeze(*, week: date, by: User | int | str | None, early: bool = False) -> Report:
    """Keep the figures of a week as known at its end; what is frozen already stays as it is. Refused for a week that is not over."""
    kept = Report.objects.filter(week=week).first()
    if kept:
        return kept
    span = _span(week)
    if not span.over and not early:
        raise Refused(f"The week of {longday(week)} is not over: it is frozen once it is.")
    with transaction.atomic():
        worked_out = _worked_out(span, by)
        if not worked_out["figures"]["bands"]:
            raise Refused(f"No child was known at the end of the week of {longday(week)}.")
        made, new = Report.objects.get_or_create(week=week, defaults=worked_out)
        if new:
            detail = {"as_at": made.as_at.isoformat(), "digest": made.digest}
            record("report.freeze", by=by, subject=f"report:{week}", detail=detail)
        return made


def so_far(*, week: date) -> Report:
    """The frozen report of a week; of one that is not frozen what can be said of it so far, which is not kept."""
    kept = Report.objects.filter(week=week).first()
    if kept:
        return kept
    span = _span(week)
    with transaction.atomic():
        return Report(week=week, **_worked_out(span, None))


@transaction.atomic
def differs(*, report: Report) -> bool:
    """Whether the figures, worked out once more from what was known then, are not those that are kept; later ones were never asked."""
    found, _ = working.figures(Span(report.week, report.as_at), report.basis)
    return working.digest({code: found.get(code, {}) for code in report.figures}) != report.digest


def look(*, report: Report, figure: str, key: str, children: Sequence[int], by: User) -> None:
    """Log a look at the rows behind a figure, with every child shown."""
    subject, detail = f"report:{report.week}", {"figure": figure, "key": key}
    record("report.rows", by=by, subject=subject, children=children, detail=detail)


def downloaded(*, report: Report, form: str, suppressed: bool, by: User | str) -> None:
    """Log that a report left the service as a file."""
    detail = {"form": form, "suppressed": suppressed}
    record("report.download", by=by, subject=f"report:{report.week}", detail=detail)


def _span(week: date) -> Span:
    if week.weekday():
        raise Refused("A week is named by its Monday.")
    # under the lock that every commit takes: whatever is stamped earlier than this moment can be read after it
    with transaction.atomic():
        now = commit_moment()
    if now <= midnight(week):
        raise Refused(f"The week of {longday(week)} has not begun.")
    return Span.of(week, now)


def _worked_out(span: Span, by: User | int | str | None) -> dict[str, Any]:
    held = working.basis(span)
    found, restricted = working.figures(span, held)
    return {
        "as_at": span.known, "frozen_at": commit_moment(), "frozen_by": by.pk if isinstance(by, User) else None,
        "basis": held, "figures": found, "restricted": restricted, "digest": working.digest(found),
    }  # fmt: skip
