from django.db import models
from django.db.models import Q

from apps.children.models import Child
from apps.core.privacy import privacy
from apps.ragp.models import Change


class Item(models.Model):
    """A rating change that waits for somebody to decide; a newer change of the same child takes the older one's place."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting"
        DECIDED = "decided", "Decided"
        OVERTAKEN = "overtaken", "Overtaken by a newer change"
        WITHDRAWN = "withdrawn", "Child has died, left the area or is over age"

    change = models.OneToOneField(Change, on_delete=models.PROTECT, related_name="item")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="triage_items")
    nature = models.CharField(
        max_length=10,
        choices=Change.Nature,
        default=Change.Nature.REAL,
        db_default=Change.Nature.REAL,
        help_text="Of its change, which never changes",
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    assigned_to = models.BigIntegerField(null=True)

    PRIVACY = privacy(plain="change child nature state opened_at due_at assigned_to")

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="open"), name="item_due")]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(state="open"), name="item_open_once")
        ]


class Decision(models.Model):
    """What somebody decided about an item, why, and whether it was undone."""

    class Outcome(models.TextChoices):
        NO_ACTION = "no_action", "No further action"
        CONTACT_SCHOOL = "contact_school", "Contact the school"
        RAISE_REVIEW = "raise_review", "Raise a review"
        ASK = "ask", "Ask for information"
        ARTEFACT = "artefact", "Data artefact: rating should not have moved"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=16, choices=Outcome)
    reason = models.TextField()
    by = models.BigIntegerField()
    at = models.DateTimeField()
    undone_by = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    PRIVACY = privacy(sensitive="outcome reason", plain="item by at undone_by undone_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(undone_at__isnull=True), name="decision_standing_once"
            )
        ]
