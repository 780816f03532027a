"""Who leads on a child and who is round it: named, handed over, accepted, ended."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.access.queries import agencies_of, may
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.children.models import Child
from apps.core.clock import today
from apps.core.errors import Refused
from apps.reviews.leading import queries
from apps.reviews.models import Lead, Member
from apps.reviews.queries import lock, own

HIDDEN = "Somebody leads already, or is asked to. Ask those who run reviews."


@transaction.atomic
def name_lead(
    *,
    child: Child,
    name: str,
    agency: Agency,
    job: str = "",
    phone: str = "",
    reason: str = "",
    agreed: bool = False,
    by: User,
) -> Lead:
    """Name who leads. Of another agency, or where somebody leads already, it waits until that agency accepts; Refused where one waits.

    ``agreed``: who runs reviews has it from the person, as in a meeting, and it holds at once.
    """
    lock(child.pk)
    runs, ours, stands = may(by, "review.manage"), own(by), queries.current(child)
    if stands and not runs and stands.agency_id not in ours:
        raise Refused("Only the agency that leads, or somebody who runs reviews, hands over.")
    if queries.proposed(child):
        raise Refused("Somebody is asked to lead already. That answer comes first.")
    at_once = (agreed and runs) or (stands is None and agency.pk in ours)
    if stands:
        Lead.objects.filter(pk=stands.pk).update(heir=agency)
    if at_once and stands:
        _end(stands, by, timezone.now())
    made = _made(
        Lead, child, by, name=name.strip(), job=job.strip(), phone=phone.strip(), agency=agency, reason=reason.strip(),
        state=Lead.State.CURRENT if at_once else Lead.State.PROPOSED, since=today() if at_once else None,
    )  # fmt: skip
    detail = {"state": made.state, "after": stands and stands.pk}
    record("lead.name", by=by, subject=f"lead:{made.pk}", children=[child.pk], agency=agency, detail=detail)
    return made


@transaction.atomic
def answer_lead(*, lead: Lead, accepted: bool, reason: str, by: User) -> Lead:
    """Take over, or say why not; only the agency that is asked, or who runs reviews. Who led until then has led."""
    lock(lead.child_id)
    held = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if held.state != Lead.State.PROPOSED:
        raise Refused("This was answered already.")
    if held.agency_id not in own(by) and not may(by, "review.manage"):
        raise Refused("Only the agency that is asked answers.")
    if not accepted and not reason.strip():
        raise Refused("Say why it is not accepted.")
    at = timezone.now()
    if accepted and (stands := queries.current(held.child)):
        _end(stands, by, at)
    held.state = Lead.State.CURRENT if accepted else Lead.State.REFUSED
    held.since, held.answered_by, held.answered_at = (today() if accepted else None), by.pk, at
    held.reason = reason.strip() or held.reason
    _kept(held)
    detail = {"accepted": accepted}
    record(
        "lead.answer",
        by=by,
        subject=f"lead:{held.pk}",
        children=[held.child_id],
        agency=held.agency_id,
        detail=detail,
    )
    return held


@transaction.atomic
def end_lead(*, lead: Lead, reason: str, by: User) -> Lead:
    """Nobody leads from now on; only the agency that leads, or who runs reviews, and with a reason."""
    if not reason.strip():
        raise Refused("Say why nobody leads any more.")
    held = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if held.state != Lead.State.CURRENT:
        raise Refused("This person leads no longer.")
    if held.agency_id not in own(by) and not may(by, "review.manage"):
        raise Refused("Only the agency that leads, or somebody who runs reviews, ends it.")
    held.reason = reason.strip()
    _end(held, by, timezone.now())
    record("lead.end", by=by, subject=f"lead:{held.pk}", children=[held.child_id], agency=held.agency_id)
    return held


@transaction.atomic
def join_team(*, child: Child, name: str, agency: Agency, job: str = "", phone: str = "", by: User) -> Member:
    """Let somebody be of the team round a child."""
    made = _made(Member, child, by, name=name.strip(), job=job.strip(), phone=phone.strip(), agency=agency)
    record("team.join", by=by, subject=f"member:{made.pk}", children=[child.pk], agency=agency)
    return made


@transaction.atomic
def leave_team(*, member: Member, by: User) -> Member:
    """Somebody is no longer of the team."""
    ended = Member.objects.filter(pk=member.pk, ended_at=None).update(ended_by=by.pk, ended_at=timezone.now())
    if not ended:
        raise Refused("This person is of the team no longer.")
    record(
        "team.leave",
        by=by,
        subject=f"member:{member.pk}",
        children=[member.child_id],
        agency=member.agency_id,
    )
    return member


def _made(model: Any, child: Child, by: User, **fields: Any) -> Any:
    agencies = agencies_of(by)
    if not agencies:
        raise Refused("Only somebody who works with children in an agency writes this.")
    try:
        with transaction.atomic():
            return model.objects.create(
                child=child, by=by.pk, by_agency=agencies[0], at=timezone.now(), **fields
            )
    except IntegrityError as error:  # one that the person may not know of
        raise Refused(HIDDEN) from error


def _kept(lead: Lead) -> None:
    try:
        with transaction.atomic():
            lead.save()
    except IntegrityError as error:
        raise Refused(HIDDEN) from error


def _end(lead: Lead, by: User, at: datetime) -> None:
    lead.state, lead.ended_by, lead.ended_at = Lead.State.ENDED, by.pk, at
    Lead.objects.filter(pk=lead.pk).update(state=lead.state, ended_by=by.pk, ended_at=at, reason=lead.reason)
