from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy
from apps.reviews.models.cases import CaseReview


class Action(models.Model):
    """Something that somebody does about a child by a day, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Not done"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="review_actions")
    review = models.ForeignKey(CaseReview, null=True, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Who does it")
    owner = models.CharField(max_length=120, help_text="Who there; a name, for not everybody signs in")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.TextField(blank=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = privacy(
        identifying="owner",
        sensitive="what outcome",
        plain="child review agency due_on state by at ended_by ended_at",
    )

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="action_open"),
            models.Index(fields=["child"], name="action_of_child"),
        ]
