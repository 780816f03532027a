"""The queue and its decisions, how it is shared out, and cohorts."""

from apps.triage.models.cohorts import Cohort, CohortCount, CohortStay
from apps.triage.models.queue import Decision, Item
from apps.triage.models.team import Allocation, Digest, Draw, SavedView, SecondLook

__all__ = [
    "Allocation", "Cohort", "CohortCount", "CohortStay", "Decision", "Digest", "Draw", "Item", "SavedView", "SecondLook",
]  # fmt: skip
