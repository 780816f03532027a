"""Types of review, case reviews and what belongs to them."""

from apps.reviews.models.actions import Action, Contact, Handing, LogDay, LogLine
from apps.reviews.models.cases import CaseReview, Cause, Contribution, Move, Outcome
from apps.reviews.models.leads import Lead, Member
from apps.reviews.models.meetings import AgendaItem, Attendee, Draft, Meeting, MinuteLine, Minutes, Series
from apps.reviews.models.types import ReviewType

__all__ = [
    "Action", "AgendaItem", "Attendee", "CaseReview", "Cause", "Contact", "Contribution", "Draft", "Handing", "Lead", "LogDay",
    "LogLine", "Meeting", "Member", "MinuteLine", "Minutes", "Move", "Outcome", "ReviewType", "Series",
]  # fmt: skip
