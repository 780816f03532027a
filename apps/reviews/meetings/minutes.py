"""Minutes: written from what was agreed, approved, corrected by a new version."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.errors import Refused
from apps.core.words import day
from apps.ragp.queries import standing_bands
from apps.reviews import queries as reviews
from apps.reviews.leading.queries import current
from apps.reviews.meetings import queries
from apps.reviews.models import AgendaItem, Meeting, MinuteLine, Minutes


@transaction.atomic
def write(*, meeting: Meeting, by: User) -> Minutes:
    """Write the first version when a meeting ends; part of ending it."""
    made = Minutes.objects.create(
        meeting=meeting, version=1, people=_people(meeting), by=by.pk, at=timezone.now()
    )
    MinuteLine.objects.bulk_create([_line(made, item) for item in queries.items(by, meeting)])
    return made


def add_left(*, items: list[AgendaItem]) -> None:
    """Write the lines that the first version lacks, as whoever ended the meeting did not reach the child; part of finishing it.

    They stand in that version, approved or not: only those who reach the child ever read them.
    """
    first = {each.meeting_id: each for each in Minutes.objects.filter(
        meeting__in={item.meeting_id for item in items}, version=1
    )}  # fmt: skip
    MinuteLine.objects.bulk_create(
        [_line(first[item.meeting_id], item) for item in items if item.meeting_id in first]
    )


def _people(meeting: Meeting) -> list[list[str]]:
    return [[each.name, each.agency.name, each.get_here_display()] for each in queries.attendees(meeting)]


def _line(made: Minutes, item: AgendaItem) -> MinuteLine:
    review, outcome, lead = item.review, reviews.outcome(item.review), current(item.review.child)
    actions = [
        [each.what, each.owner, each.agency.name, day(each.due_on)] for each in reviews.actions_of(review).filter(state="open")
    ]  # fmt: skip
    return MinuteLine(
        minutes=made, review=review, position=item.position, state=item.state,
        band=standing_bands([review.child_id]).get(review.child_id, ""), summary=outcome.summary if outcome else "",
        lead=f"{lead.name}, {lead.agency.name}" if lead else "", actions=actions,
        next_review_on=outcome.next_review_on if outcome else None,
    )  # fmt: skip


@transaction.atomic
def approve(*, minutes: Minutes, by: User) -> Minutes:
    """Approve the newest version; from then on those invited read it, and it is never changed."""
    held = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    if held.approved_at:
        raise Refused("These minutes are approved already.")
    if held.meeting.minutes_of.filter(version__gt=held.version).exists():
        raise Refused("There is a newer version: approve that one.")
    held.approved_by, held.approved_at = by.pk, timezone.now()
    held.save(update_fields=["approved_by", "approved_at"])
    record("minutes.approve", by=by, subject=f"minutes:{held.pk}", detail={"version": held.version})
    return held


@transaction.atomic
def correct(*, minutes: Minutes, correction: str, summaries: Mapping[int, str], by: User) -> Minutes:
    """Write a new version with other words about some reviews, and with who was there as the meeting says by now; the one before stays."""
    if not correction.strip():
        raise Refused("Say what this version sets right.")
    Meeting.objects.select_for_update(of=("self",)).get(pk=minutes.meeting_id)
    lines = list(queries.standing_lines(minutes).select_related("review"))
    changed = [line for line in lines if summaries.get(line.review_id, line.summary).strip() != line.summary]
    people = _people(minutes.meeting)
    if not changed and people == minutes.people:
        raise Refused("Nothing is different from the version before.")
    newest = minutes.meeting.minutes_of.order_by("-version").first()
    if newest and newest.pk != minutes.pk:
        raise Refused("There is a newer version: correct that one.")
    made = Minutes.objects.create(
        meeting=minutes.meeting, version=minutes.version + 1, people=people, correction=correction.strip(), by=by.pk,
        at=timezone.now(),
    )  # fmt: skip
    for line in lines:
        line.pk, line.minutes = None, made
        line.summary = summaries.get(line.review_id, line.summary).strip()
        line._state.adding = True
    MinuteLine.objects.bulk_create(lines)
    children = [line.review.child_id for line in changed]
    record(
        "minutes.correct",
        by=by,
        subject=f"minutes:{made.pk}",
        children=children,
        detail={"version": made.version},
    )
    return made
