"""Meetings planned, their agenda drawn, begun, what is typed kept, ended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.core.clock import today
from apps.core.errors import Refused
from apps.reviews import queries as reviews
from apps.reviews.actions.moving import move
from apps.reviews.actions.raising import raise_review
from apps.reviews.machine import State
from apps.reviews.meetings import minutes, queries
from apps.reviews.models import AgendaItem, Attendee, CaseReview, Draft, Meeting, Series
from apps.triage.models import Item

WEEK = timedelta(days=7)


@transaction.atomic
def save_series(*, series: Series | None, by: User, **fields: Any) -> Series:
    """Make a weekly meeting, or change it from the next one on."""
    if Series.objects.exclude(pk__in=[series.pk] if series else []).filter(name=fields["name"]).exists():
        raise Refused("Another meeting has this name.")
    kept = series or Series()
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.save()
    record("meeting.series", by=by, subject=f"series:{kept.pk}", detail={"new": series is None})
    return kept


@transaction.atomic
def plan(*, series: Series, on: date, by: User) -> Meeting:
    """Plan one meeting of a series, with the people who are asked each week; the same day again is the meeting there is."""
    if on < today():
        raise Refused("A meeting is planned for today or a day to come.")
    given = {name: getattr(series, name) for name in ("starts", "minutes", "place", "chair")}
    made, new = Meeting.objects.get_or_create(series=series, on=on, defaults=given)
    if new:
        people = [Attendee(meeting=made, name=name, agency_id=agency) for name, agency in series.people]
        Attendee.objects.bulk_create(people, ignore_conflicts=True)
        record("meeting.plan", by=by, subject=f"meeting:{made.pk}", detail={"on": str(on)})
    return made


@transaction.atomic
def draw(*, meeting: Meeting, by: User) -> int:
    """Put on the agenda what is due by its day: reviews of its type that are taken up or set for it, the greatest need first. How many.

    What was typed about one that was carried over comes with it.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("series").get(pk=meeting.pk)
    if meeting.state == Meeting.State.ENDED:
        raise Refused("This meeting is over.")
    found = queries.due_for(by, meeting)
    for review in found:
        if review.state == State.ACCEPTED:
            move(review=review, name="schedule", given={"meets_on": meeting.on}, by=by)
        if meeting.state == Meeting.State.HELD:
            move(review=review, name="begin", given={}, by=by)
    put_on(meeting, found)
    children = [review.child_id for review in found]
    record(
        "meeting.draw",
        by=by,
        subject=f"meeting:{meeting.pk}",
        children=children,
        detail={"reviews": len(found)},
    )
    return len(found)


def put_on(meeting: Meeting, found: list[CaseReview]) -> None:
    """Put reviews at the end of an agenda, with what was typed about them where they were carried over."""
    last, typed = meeting.items.count(), queries.carried_words(found)
    made = [
        AgendaItem(meeting=meeting, review=review, position=last + place)
        for place, review in enumerate(found, 1)
    ]
    AgendaItem.objects.bulk_create(made)
    words = [(each, typed[each.review_id]) for each in made if each.review_id in typed]
    Draft.objects.bulk_create(
        [
            Draft(item=each, words=was.words, version=1, saved_by=was.saved_by, saved_at=was.saved_at)
            for each, was in words
        ]
    )


@transaction.atomic
def attend(*, meeting: Meeting, here: Mapping[int, str], by: User) -> None:
    """Say who is there and who sends apologies."""
    for attendee in meeting.attendees.filter(pk__in=here):
        Attendee.objects.filter(pk=attendee.pk).update(here=here[attendee.pk])
    record("meeting.attend", by=by, subject=f"meeting:{meeting.pk}", detail={"people": len(here)})


@transaction.atomic
def ask_to(*, meeting: Meeting, name: str, agency: Agency, by: User) -> Attendee:
    """Ask one more person to a meeting."""
    made, new = Attendee.objects.get_or_create(meeting=meeting, name=name.strip(), agency=agency)
    if not new:
        raise Refused(f"{name} of {agency.name} is asked already.")
    record("meeting.ask", by=by, subject=f"meeting:{meeting.pk}", agency=agency)
    return made


@transaction.atomic
def begin(*, meeting: Meeting, by: User) -> Meeting:
    """Begin: what agencies wrote about each review on the agenda is frozen."""
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.state != Meeting.State.PLANNED:
        raise Refused("This meeting has begun already.")
    for item in queries.items(by, held):
        if item.review.state == State.SCHEDULED:
            move(review=item.review, name="begin", given={}, by=by)
    held.state, held.began_at = Meeting.State.HELD, timezone.now()
    held.save(update_fields=["state", "began_at"])
    record("meeting.begin", by=by, subject=f"meeting:{held.pk}")
    return held


@dataclass(frozen=True)
class Kept:
    """What became of what was sent in: the draft as it is now, and by field what somebody else wrote meanwhile."""

    draft: Draft
    conflicts: dict[str, str]


@transaction.atomic
def keep(
    *,
    item: AgendaItem,
    given: Mapping[str, str],
    was: Mapping[str, str],
    mine: Collection[str] = (),
    by: User,
) -> Kept:
    """Keep what is typed, field by field. Where somebody else has changed a field since the page showed it, theirs stays and is told.

    It is mine that counts once I have seen theirs: where my words hold theirs, or where I say so (``mine``).
    """
    on_agenda(item)  # locked: what is typed while a colleague agrees would be kept and never count
    Draft.objects.get_or_create(item=item)
    draft = Draft.objects.select_for_update(of=("self",)).get(item=item)
    conflicts, words = {}, dict(draft.words)
    for name, text in given.items():
        stands = words.get(name, "")
        if text in (was.get(name, ""), stands):
            continue  # not touched, or the same words
        if stands == was.get(name, "") or name in mine or (stands and stands in text):
            words[name] = text
        else:
            conflicts[name] = stands
    if words != draft.words:
        draft.words, draft.version, draft.saved_by, draft.saved_at = (
            words,
            draft.version + 1,
            by.pk,
            timezone.now(),
        )
        draft.save()
        detail = {"version": draft.version}
        record(
            "meeting.save", by=by, subject=f"item:{item.pk}", children=[item.review.child_id], detail=detail
        )
    return Kept(draft, conflicts)


@transaction.atomic
def carry_over(*, item: AgendaItem, by: User) -> AgendaItem:
    """There is no time for it, or something is missing: it comes to the meeting in a week."""
    held = waiting(item)
    move(review=held.review, name="carry_over", given=in_a_week(held.meeting), by=by)
    held.refresh_from_db(fields=["state"])
    record("meeting.carry_over", by=by, subject=f"item:{held.pk}", children=[held.review.child_id])
    return held


@transaction.atomic
def end(*, meeting: Meeting, by: User) -> Meeting:
    """End the meeting: what was not reached is carried over, what was decided waits for its actions or is closed, minutes are written."""
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.state != Meeting.State.HELD:
        raise Refused("This meeting is not being held.")
    for item in queries.items(by, held):
        if item.state == AgendaItem.State.WAITING:
            move(review=item.review, name="carry_over", given=in_a_week(held), by=by)
        elif item.review.state == State.DECIDED:
            move_on(item.review, by)
    held.state, held.ended_at = Meeting.State.ENDED, timezone.now()
    held.save(update_fields=["state", "ended_at"])
    minutes.write(meeting=held, by=by)
    record("meeting.end", by=by, subject=f"meeting:{held.pk}")
    return held


def move_on(review: CaseReview, by: User | int | str | None) -> None:
    """Once its meeting is over, a decided review waits for its actions, or closes where there are none."""
    move(review=review, name="follow" if reviews.open_actions(review) else "close", given={}, by=by)


def in_a_week(meeting: Meeting) -> dict[str, Any]:
    """What a review is carried over with when nobody says more."""
    return {"meets_on": max(meeting.on, today()) + WEEK, "reason": "There was no time for it in the meeting."}


def on_agenda(item: AgendaItem) -> AgendaItem:
    """The item, locked, while it still waits; else Refused."""
    held = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("review__type", "meeting")
        .get(pk=item.pk)
    )
    if held.state != AgendaItem.State.WAITING:
        raise Refused(f"Somebody was quicker: this is {held.get_state_display().lower()} already.")
    return held


def waiting(item: AgendaItem) -> AgendaItem:
    """The item, locked, while it still waits in a meeting that is being held; else Refused."""
    held = on_agenda(item)
    if held.meeting.state != Meeting.State.HELD:
        raise Refused("The meeting has not begun, or is over.")
    return held


@transaction.atomic
def add_moved(*, meeting: Meeting, item: Item, by: User) -> None:
    """Put a child whose rating moved on the agenda: a review is raised and taken up."""
    review = raise_review(child=item.child, type=meeting.series.type, reason="The rating has changed.", by=by)
    move(review=review, name="accept", given={}, by=by)
    draw(meeting=meeting, by=by)
