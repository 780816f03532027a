"""Types of review, case reviews and what belongs to them."""

from apps.reviews.models.actions import Action
from apps.reviews.models.cases import CaseReview, Cause, Contribution, Move, Outcome
from apps.reviews.models.leads import Lead, Member
from apps.reviews.models.types import ReviewType

__all__ = ["Action", "CaseReview", "Cause", "Contribution", "Lead", "Member", "Move", "Outcome", "ReviewType"]
