"""Types of review, case reviews and what belongs to them."""

from apps.reviews.models.actions import Action, Contact, Handing, LogDay, LogLine
from apps.reviews.models.cases import CaseReview, Cause, Contribution, Move, Outcome
from apps.reviews.models.leads import Lead, Member
from apps.reviews.models.types import ReviewType

__all__ = [
    "Action", "CaseReview", "Cause", "Contact", "Contribution", "Handing", "Lead", "LogDay", "LogLine", "Member", "Move", "Outcome",
    "ReviewType",
]  # fmt: skip
