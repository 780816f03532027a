from django.db import models
from django.db.models import Q

from apps.children.models import Child
from apps.core.privacy import privacy
from apps.involvements.models import Observation
from apps.ragp.models import Change, Override
from apps.triage.models.cohorts import CohortStay


class Item(models.Model):
    """Something about a child that waits for somebody to decide; a newer change of rating takes the older item's place.

    It waits because the rating changed, because the child entered a watched cohort, because a band that somebody set ended or is due
    for review, because the child's setting is worried, or for several of these.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waiting"
        DECIDED = "decided", "Decided"
        OVERTAKEN = "overtaken", "Overtaken by a newer change"
        WITHDRAWN = "withdrawn", "Child has died, left the area or is over age"

    change = models.OneToOneField(Change, null=True, on_delete=models.PROTECT, related_name="item")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="triage_items")
    stay = models.ForeignKey(
        CohortStay,
        null=True,
        on_delete=models.PROTECT,
        related_name="items",
        help_text="The watched cohort the child entered",
    )
    override = models.ForeignKey(
        Override,
        null=True,
        on_delete=models.PROTECT,
        related_name="items",
        help_text="The band set by hand that ended by itself or is due for review",
    )
    worry = models.ForeignKey(
        Observation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The concern that the child's setting returned",
    )
    worried = models.CharField(
        max_length=20, blank=True, db_default="", help_text="How worried, in the words of the return"
    )
    nature = models.CharField(
        max_length=10,
        choices=Change.Nature,
        default=Change.Nature.REAL,
        db_default=Change.Nature.REAL,
        help_text="Of its change, which never changes",
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="The end of the working day by which it is to be decided")
    assigned_to = models.BigIntegerField(null=True)
    escalated_at = models.DateTimeField(
        null=True, help_text="When its clock ran out and supervisors were told"
    )
    earlier = models.ForeignKey(
        "Decision",
        null=True,
        on_delete=models.PROTECT,
        related_name="reopened_as",
        help_text="The decision that stood when the child grew worse than it was decided about",
    )

    PRIVACY = privacy(
        sensitive="worried",
        plain="change child stay override worry nature state opened_at due_at assigned_to escalated_at earlier",
    )

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="open"), name="item_due")]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(state="open"), name="item_open_once"),
            models.CheckConstraint(
                condition=Q(change__isnull=False)
                | Q(stay__isnull=False)
                | Q(override__isnull=False)
                | Q(worry__isnull=False),
                name="item_has_a_cause",
            ),
        ]

    @property
    def mark(self) -> str:
        """Which item it is and why it waits: with a newer change, or another cause that joined it, a decision is about something else."""
        return ".".join(str(each or "") for each in (self.pk, self.stay_id, self.override_id, self.worry_id))


class Decision(models.Model):
    """What somebody decided about an item, why, and whether it was undone."""

    class Outcome(models.TextChoices):
        NO_ACTION = "no_action", "No further action"
        CONTACT_SCHOOL = "contact_school", "Contact the school"
        RAISE_REVIEW = "raise_review", "Raise a review"
        ASK = "ask", "Ask for information"
        ARTEFACT = "artefact", "Data artefact: rating should not have moved"

    #: Outcomes after which nobody contacts anybody or does anything: a sample of them is looked at again.
    NOTHING_DONE = (Outcome.NO_ACTION, Outcome.ARTEFACT)

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
        indexes = [models.Index(fields=["at"], name="decision_at")]
