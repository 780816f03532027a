import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy
from apps.ragp.models import Override
from apps.reviews.machine import HAS_DECISION, STATES, State
from apps.reviews.models.types import ReviewType
from apps.triage.models import CohortStay, Decision


class CaseReview(models.Model):
    """A review of one child, from the day it was raised; where it stands is the newest of its moves."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="reviews")
    type = models.ForeignKey(ReviewType, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=12, choices=[(code, name) for code, (name, _) in STATES.items()])
    round = models.PositiveSmallIntegerField(default=1, help_text="One more each time it is reopened")
    agencies = ArrayField(models.IntegerField(), default=list, help_text="Those invited, who see it")
    raised_at = models.DateTimeField()
    since = models.DateTimeField(help_text="In this state")
    due_at = models.DateTimeField(null=True, help_text="By when it leaves this state")
    meets_on = models.DateField(null=True)
    next_review_on = models.DateField(null=True)

    PRIVACY = privacy(
        identifying="public_id",
        sensitive="type state meets_on next_review_on",
        plain="child round agencies raised_at since due_at",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=~Q(state__in=("closed", "declined")), name="review_live"
            ),
            models.Index(fields=["child"], name="review_of_child"),
        ]

    @property
    def has_met(self) -> bool:
        """Whether its meeting has been, and decided."""
        return self.state in HAS_DECISION

    @property
    def over(self) -> bool:
        """Whether nothing more is to be done."""
        return self.state in (State.CLOSED, State.DECLINED)


class Cause(models.Model):
    """Why a review was raised: one review may have several causes, each cause has one review."""

    class Kind(models.TextChoices):
        PERSON = "person", "Raised by a person"
        TRIAGE = "triage", "Raised in triage"
        COHORT = "cohort", "Entered a watched cohort"
        OVERRIDE = "override", "A rating set by hand has ended"

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="causes")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    decision = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    stay = models.OneToOneField(CohortStay, null=True, on_delete=models.PROTECT, related_name="+")
    override = models.OneToOneField(Override, null=True, on_delete=models.PROTECT, related_name="+")

    PRIVACY = privacy(sensitive="kind words", plain="review agency by at decision stay override")


class Move(models.Model):
    """One transition of a review: what happened, by whom, when and why."""

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="moves")
    name = models.CharField(max_length=12)
    came_from = models.CharField(max_length=12, blank=True)
    to = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="By when the review was to leave the state it came to")

    PRIVACY = privacy(sensitive="name came_from to reason", plain="review by at due_at")


class Contribution(models.Model):
    """What one agency was asked about a child for one round of a review, and what it said; frozen when the meeting begins."""

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="contributions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    questions = models.JSONField(default=list, help_text="As the type asked when the agency was asked")
    answers = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True, help_text="When its people had the e-mail")
    chased_at = models.DateTimeField(null=True)
    by = models.BigIntegerField(null=True)
    given_at = models.DateTimeField(null=True)
    version = models.PositiveSmallIntegerField(default=0, help_text="One more each time it is saved")
    frozen_at = models.DateTimeField(null=True)

    PRIVACY = privacy(
        sensitive="answers",
        plain="review agency round questions asked_at due_on told_at chased_at by given_at version frozen_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "agency", "round"], name="contribution_once")
        ]
        indexes = [
            models.Index(fields=["told_at"], condition=Q(given_at=None, frozen_at=None), name="contribution_untold")
        ]  # fmt: skip


class Outcome(models.Model):
    """What one round of a review decided; said to every agency invited."""

    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="outcomes")
    round = models.PositiveSmallIntegerField()
    summary = models.TextField()
    next_review_on = models.DateField(null=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    PRIVACY = privacy(sensitive="summary next_review_on", plain="review round by at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "round"], name="outcome_once")]
