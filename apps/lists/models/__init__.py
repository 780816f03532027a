"""Weekly lists with their entries, and their way from a draft to the people who read them."""

from apps.lists.models.basis import Basis
from apps.lists.models.delivery import Notice
from apps.lists.models.endeavours import Endeavour
from apps.lists.models.engagement import Conversation
from apps.lists.models.recipients import Verification
from apps.lists.models.release import Asking, Incident, Job, Receipt, Snag, Term
from apps.lists.models.returned import Answer, Return, RollQuestion
from apps.lists.models.weekly import Departure, Entry, WeeklyList

__all__ = [
    "Answer", "Asking", "Basis", "Conversation", "Departure", "Endeavour", "Entry", "Incident", "Job", "Notice", "Receipt", "Return",
    "RollQuestion", "Snag", "Term", "Verification", "WeeklyList",
]  # fmt: skip
