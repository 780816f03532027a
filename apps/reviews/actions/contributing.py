"""What agencies are asked for a review and what they say: asked, chased, saved, frozen."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.words import moment
from apps.core.workdays import working_days_after
from apps.reviews.machine import BEFORE, HAS_DECISION, State
from apps.reviews.models import CaseReview, Contribution

FROZEN = "The meeting has begun: what agencies wrote is frozen. Say it in the meeting."
TOO_LATE: dict[str, str] = {
    State.RAISED: "Nobody has taken this review up yet: agencies are asked once somebody has.",
    State.IN_MEETING: FROZEN,
    **dict.fromkeys(HAS_DECISION, "This review is decided: agencies are asked again if it is reopened."),
    State.DECLINED: "This review is not held: agencies are asked again if it is reopened.",
}


def ask(*, review: CaseReview, at: datetime, agencies: Iterable[int] | None = None) -> None:
    """Ask the agencies invited for what they know, with the questions of the type; part of the transition that does so."""
    due = min(working_days_after(today(), review.type.contribute_days), review.meets_on or date.max)
    wanted = review.agencies if agencies is None else agencies
    there = review.contributions.filter(round=review.round).values_list("agency_id", flat=True)
    asked = [
        Contribution(
            review=review, agency_id=agency, round=review.round, questions=review.type.questions, asked_at=at, due_on=due
        )
        for agency in wanted
        if agency not in set(there)
    ]  # fmt: skip
    Contribution.objects.bulk_create(asked)


def freeze(*, review: CaseReview, at: datetime) -> None:
    """What agencies have said by now is the pack; part of the transition that begins the meeting."""
    review.contributions.filter(round=review.round).update(frozen_at=at)


@transaction.atomic
def invite(*, review: CaseReview, agency: Agency, by: User) -> CaseReview:
    """Let one more agency take part; asked at once where the others have been."""
    held = CaseReview.objects.select_for_update(of=("self",)).select_related("type").get(pk=review.pk)
    if held.over:
        raise Refused("This review is over: reopen it before you invite anybody.")
    if agency.pk in held.agencies:
        raise Refused(f"{agency.name} is invited already.")
    held.agencies = sorted({*held.agencies, agency.pk})
    held.save(update_fields=["agencies"])
    if held.state in BEFORE:
        ask(review=held, at=timezone.now(), agencies=[agency.pk])
    record("review.invite", by=by, subject=f"review:{held.pk}", children=[held.child_id], agency=agency)
    return held


@transaction.atomic
def chase(*, review: CaseReview, by: User) -> int:
    """Ask again those who have said nothing; their people have another e-mail. How many agencies. Refused once it is of no use."""
    if review.state not in BEFORE:
        raise Refused(TOO_LATE[review.state])
    waiting = review.contributions.filter(round=review.round, given_at=None, frozen_at=None)
    chased = waiting.update(chased_at=timezone.now(), told_at=None)
    if not chased:
        raise Refused("Nobody is awaited: every agency has answered, or the pack is frozen.")
    record(
        "review.chase",
        by=by,
        subject=f"review:{review.pk}",
        children=[review.child_id],
        detail={"agencies": chased},
    )
    return chased


@transaction.atomic
def contribute(*, contribution: Contribution, answers: Sequence[str], version: int, by: User) -> Contribution:
    """Keep what an agency says; Refused once frozen, from another agency, or where a colleague has saved since the page was opened."""
    held = (
        Contribution.objects.select_for_update(of=("self",)).select_related("review").get(pk=contribution.pk)
    )
    if held.agency_id not in {agency.pk for agency in agencies_of(by)}:
        raise Refused("Only the agency that was asked answers.")
    if held.frozen_at or held.round != held.review.round or held.review.state not in BEFORE:
        raise Refused(TOO_LATE.get(held.review.state, FROZEN))
    if held.version != version:
        raise Refused(
            f"A colleague saved another answer {moment(held.given_at)}. It stands beside yours; nothing is lost. Keep one of them."
        )
    if not any(answer.strip() for answer in answers):
        raise Refused("Nothing is filled in yet.")
    held.answers = [answer.strip() for answer in answers]
    held.by, held.given_at, held.version = by.pk, timezone.now(), held.version + 1
    held.save(update_fields=["answers", "by", "given_at", "version"])
    record(
        "review.contribute", by=by, subject=f"contribution:{held.pk}", children=[held.review.child_id], agency=held.agency_id,
        detail={"version": held.version},
    )  # fmt: skip
    return held
