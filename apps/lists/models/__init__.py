"""Weekly lists with their entries, and their way from a draft to the people who read them."""

from apps.lists.models.release import Asking, Incident, Job, Receipt, Snag, Term
from apps.lists.models.weekly import Departure, Entry, WeeklyList

__all__ = ["Asking", "Departure", "Entry", "Incident", "Job", "Receipt", "Snag", "Term", "WeeklyList"]
