"""Meetings as they are read."""

import uuid
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.access.queries import may
from apps.accounts.models import User
from apps.children.models import Child
from apps.core.clock import today
from apps.ragp.models import Change
from apps.ragp.queries import current_bands, standing_bands
from apps.reviews import machine
from apps.reviews.machine import LIVE, State
from apps.reviews.models import AgendaItem, Attendee, CaseReview, Draft, Meeting, MinuteLine, Minutes, Series
from apps.reviews.queries import visible
from apps.triage.models import Item


def series() -> list[Series]:
    """Every weekly meeting."""
    return list(Series.objects.select_related("type"))


def one_series(pk: int) -> Series | None:
    """One of them."""
    return Series.objects.filter(pk=pk).first()


def meetings() -> QuerySet[Meeting]:
    """The newest first."""
    return Meeting.objects.select_related("series")


def meeting(public_id: uuid.UUID) -> Meeting | None:
    """One of them; who sees it sees no child by that."""
    return meetings().filter(public_id=public_id).first()


def following() -> Meeting | None:
    """The next one."""
    return meetings().filter(on__gte=today()).exclude(state=Meeting.State.ENDED).order_by("on", "pk").first()


def attendees(of: Meeting) -> list[Attendee]:
    """Who is asked."""
    return list(of.attendees.select_related("agency"))


def items(user: User, of: Meeting) -> list[AgendaItem]:
    """Its agenda, as far as one sees the reviews."""
    found = of.items.filter(review__in=visible(user)).select_related(
        "review__child__setting", "review__type", "meeting"
    )
    return list(found.order_by("position", "pk"))


def item(user: User, pk: int) -> AgendaItem | None:
    """One of an agenda."""
    found = AgendaItem.objects.filter(review__in=visible(user))
    return (
        found.select_related("review__child__setting", "review__type", "meeting__series")
        .filter(pk=pk)
        .first()
    )


def draft(of: AgendaItem) -> Draft:
    """What is typed about it so far."""
    return Draft.objects.filter(item=of).first() or Draft(item=of)


def carried_words(of: list[CaseReview]) -> dict[int, Draft]:
    """By review: what was typed about it when it was last on an agenda, where it was carried over from there."""
    items = AgendaItem.objects.filter(review__in=[each.pk for each in of]).select_related("draft")
    last = {each.review_id: each for each in items.order_by("pk")}
    return {
        review: each.draft
        for review, each in last.items()
        if each.state == AgendaItem.State.CARRIED and hasattr(each, "draft")
    }


def left_behind() -> list[AgendaItem]:
    """Items of meetings that are over which whoever ended them did not reach: still waiting, or agreed and not moved on since."""
    movable = machine.TRANSITIONS["carry_over"].sources
    waits = Q(state=AgendaItem.State.WAITING, review__state__in=movable)
    agreed = Q(
        state=AgendaItem.State.DONE, review__state=State.DECIDED, review__since__lte=F("meeting__ended_at")
    )
    found = AgendaItem.objects.filter(waits | agreed, meeting__state=Meeting.State.ENDED)
    return list(found.select_related("review", "meeting").order_by("pk"))


def without_line(since: datetime) -> list[AgendaItem]:
    """Items of meetings that ended since, of which no minutes say anything."""
    said = MinuteLine.objects.filter(minutes__meeting=OuterRef("meeting"), review=OuterRef("review"))
    found = AgendaItem.objects.filter(~Exists(said), meeting__ended_at__gte=since)
    return list(found.select_related("review__child", "meeting").order_by("pk"))


def next_of(meeting: Meeting) -> Meeting | None:
    """The next meeting of its series that is planned."""
    later = meeting.series.meetings.filter(state=Meeting.State.PLANNED, on__gte=today(), on__gt=meeting.on)
    return later.order_by("on").first()


def due_for(user: User, of: Meeting) -> list[CaseReview]:
    """What belongs on its agenda and is not on it: taken up, or set for a day up to it, or due for its next review; greatest need first."""
    ready = Q(state=State.ACCEPTED) | Q(state=State.SCHEDULED, meets_on__lte=of.on)
    found = visible(user).filter(ready, type=of.series.type_id).exclude(items__meeting=of)
    return by_need(list(found.select_related("child", "type")))


def by_need(found: list[CaseReview]) -> list[CaseReview]:
    """By the band that counts, then by the time left, then by age of the review."""
    bands = standing_bands([each.child_id for each in found])
    ranks = {code: band.rank for code, band in current_bands().items()}
    late = [each.due_at or each.raised_at for each in found]
    order = sorted(
        range(len(found)), key=lambda n: (-ranks.get(bands.get(found[n].child_id, ""), 0), late[n], found[n].raised_at)
    )  # fmt: skip
    return [found[n] for n in order]


def again(user: User) -> list[CaseReview]:
    """Reviews that are over whose next review is due: reopen them to have them on an agenda."""
    found = visible(user).filter(state=State.CLOSED, next_review_on__lte=today())
    return list(found.select_related("child", "type").order_by("next_review_on")[:10])


def moved(user: User) -> list[Item]:
    """Rating changes that wait in triage, of children without a review under way: the highest band first."""
    if not may(user, "triage.view"):
        return []
    ranks = {code: band.rank for code, band in current_bands().items()}
    live = CaseReview.objects.filter(state__in=LIVE).values("child")
    found = Item.objects.filter(
        state=Item.State.OPEN, nature=Change.Nature.REAL, child__in=Child.objects.visible_to(user)
    )
    waiting = (
        found.exclude(child__in=live)
        .exclude(change=None)
        .select_related("child", "change")
        .order_by("due_at")[:100]
    )
    return sorted(
        waiting, key=lambda each: (-ranks.get(each.change.to_band if each.change else "", 0), each.due_at)
    )[:10]


def minutes_of(user: User, of: Meeting) -> list[Minutes]:
    """Every version for who runs reviews; else the newest that is approved."""
    found = of.minutes_of.order_by("-version")
    return list(found if may(user, "review.manage") else found.filter(approved_at__isnull=False)[:1])


def minutes(user: User, of: Meeting, version: int | None = None) -> Minutes | None:
    """One version, or the newest one may read."""
    there = minutes_of(user, of)
    return next((each for each in there if version in (None, each.version)), None)


def standing_lines(of: Minutes) -> QuerySet[MinuteLine]:
    """Its lines as far as the database shows them; one that whoever corrected them did not see stands as in the version before."""
    there = MinuteLine.objects.filter(minutes__meeting=of.meeting_id, minutes__version__lte=of.version)
    newest = there.order_by("review", "-minutes__version").distinct("review").values("pk")
    return MinuteLine.objects.filter(pk__in=newest).order_by("position", "pk")


def lines(user: User, of: Minutes) -> list[MinuteLine]:
    """What they say of the reviews one sees."""
    found = standing_lines(of).filter(review__in=visible(user))
    return list(found.select_related("review__child__setting", "review__type"))
