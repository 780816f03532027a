"""What a meeting agrees about one child: the rating, who leads, the decision."""

from datetime import date, timedelta

from django.db import transaction

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.children.models import Child
from apps.core.clock import today
from apps.core.errors import Refused
from apps.ragp import overriding
from apps.ragp.queries import standing_bands
from apps.ragp.rules import LONGEST_OVERRIDE
from apps.reviews.actions.moving import move
from apps.reviews.leading.actions import name_lead
from apps.reviews.leading.queries import current, proposed
from apps.reviews.meetings.actions import waiting
from apps.reviews.models import AgendaItem


@transaction.atomic
def agree(
    *, item: AgendaItem, summary: str, next_review_on: date | None = None, band: str = "", band_reason: str = "",
    lead_name: str = "", lead_job: str = "", lead_agency: Agency | None = None, lead_phone: str = "", seen: str = "", by: User,
) -> AgendaItem:  # fmt: skip
    """Let what was typed count: another rating than the one that stands is set with its reason, the lead is named, the decision kept.

    ``seen`` is the mark of the rating that the meeting had before it; where that has moved since, no other is set.
    """
    held = waiting(item)
    child = held.review.child
    _rate(child, band, band_reason, next_review_on, seen, by)
    _lead(child, lead_name, lead_job, lead_agency, lead_phone, by)
    given = {"summary": summary, "next_review_on": next_review_on}
    move(review=held.review, name="decide", given=given, by=by)
    held.refresh_from_db(fields=["state"])
    record("meeting.agree", by=by, subject=f"item:{held.pk}", children=[child.pk])
    return held


def _rate(child: Child, band: str, reason: str, review_on: date | None, seen: str, by: User) -> None:
    """Set the agreed band where another stands; it is looked at again with the next review, and stands no longer than it may."""
    if not band or band == standing_bands([child.pk]).get(child.pk, ""):
        return
    last = today() + LONGEST_OVERRIDE
    until = min(review_on or today() + timedelta(days=28), last)
    if until <= today():
        raise Refused("The next review has to be on a day to come.")
    overriding.override(
        child=child, band=band, reason=reason, review_on=until, expires_on=until, seen=seen, by=by
    )


def _lead(child: Child, name: str, job: str, agency: Agency | None, phone: str, by: User) -> None:
    """Name who leads, where it is somebody else than leads already; in a meeting they have agreed."""
    if not name.strip():
        return
    if agency is None:
        raise Refused("Choose the agency of the lead professional.")
    stands = current(child)
    if stands and (stands.name, stands.agency_id, stands.phone) == (name.strip(), agency.pk, phone.strip()):
        return
    if proposed(child):
        raise Refused("Somebody is asked to lead already. Answer that on the child’s page first.")
    name_lead(
        child=child, name=name, job=job, agency=agency, phone=phone, reason="Agreed in the meeting", agreed=True, by=by
    )  # fmt: skip
