"""What there is to know of an extract before its commit, gathered for the rules that hold it."""

from datetime import date
from typing import Any

from django.db.models import Max, Q

from apps.agencies.models import SharingAgreement
from apps.core.clock import today
from apps.extracts.models import Extract, State
from apps.pipeline.rules import Arrival, reasons_to_hold, reasons_unseen

CHANGED = (
    "Something else was committed since this file was looked at, and it would now end {now} involvements instead of {then}."
    " Nothing was changed: look at it again."
)


def why_held(extract: Extract, counts: dict[str, Any]) -> list[str]:
    """A sentence for each thing a person must accept before this extract is committed."""
    return reasons_to_hold(arrival(extract, counts))


def changed_since_shown(extract: Extract, counts: dict[str, Any], shown: dict[str, Any]) -> list[str]:
    """Hold what was released again, for all that speaks against it now, where some of that was not shown to whoever released it."""
    now, then = counts["involvements"]["ended"], shown["involvements"]["ended"]
    here = arrival(extract, counts)
    more = [CHANGED.format(now=now, then=then)] if now > then else []
    unseen = reasons_unseen(here, extract.reason.splitlines())
    return more + reasons_to_hold(here) if more or unseen else []


def arrival(extract: Extract, counts: dict[str, Any]) -> Arrival:
    """The extract against what its feed sent last."""
    feed = extract.feed
    committed = Extract.objects.filter(feed=feed, state=State.COMMITTED).exclude(pk=extract.pk)
    last = committed.filter(corrects=None).order_by("-committed_at").first()
    same = committed.filter(sha256=extract.sha256).order_by("-as_of").first() if extract.sha256 else None
    return Arrival(
        rows=extract.rows,
        rows_before=last.rows if last else None,
        as_of=extract.as_of,
        as_of_before=committed.aggregate(newest=Max("as_of"))["newest"],
        same_as=same.as_of if same else None,
        is_full=extract.is_full,
        agreement_ended=agreement_ended(feed.agency_id),
        ended=counts["involvements"]["ended"],
        open_before=counts["open_before"],
        max_ended_percent=feed.max_ended_percent,
        max_fewer_percent=feed.max_fewer_percent,
    )


def agreement_ended(agency: int) -> date | None:
    """When the last agreement of an agency ended, where it had some and none is in force."""
    agreements = SharingAgreement.objects.filter(provider=agency)
    if agreements.filter(Q(valid_until=None) | Q(valid_until__gte=today())).exists():
        return None
    ended: date | None = agreements.aggregate(last=Max("valid_until"))["last"]
    return ended
