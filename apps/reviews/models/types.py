from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy
from apps.triage.models import Cohort


class ReviewType(models.Model):
    """A type of review as its administrator has set it up: what it is for, who is invited, its clocks, what it requires and asks."""

    name = models.CharField(max_length=80, unique=True)
    purpose = models.TextField()
    agencies = models.ManyToManyField(Agency, related_name="+", blank=True)
    accept_days = models.PositiveSmallIntegerField(default=2, help_text="Working days to take a review up")
    contribute_days = models.PositiveSmallIntegerField(
        default=5, help_text="Working days an agency has to say what it knows"
    )
    meet_days = models.PositiveSmallIntegerField(
        default=10, help_text="Working days from taking it up to the meeting"
    )
    required = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="Codes of machine.REQUIRED"
    )
    questions = models.JSONField(default=list, help_text="What each agency is asked, in order")
    for_triage = models.BooleanField(default=False, help_text="What triage raises is of this type")
    for_expired = models.BooleanField(
        default=False, help_text="A band set by hand that ended by itself raises one"
    )
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="A child that enters this watched cohort gets one",
    )  # fmt: skip
    since = models.DateTimeField(help_text="What came about earlier raises none by itself")
    active = models.BooleanField(default=True)

    PRIVACY = privacy(
        plain="name purpose agencies accept_days contribute_days meet_days required questions for_triage for_expired cohort since active"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["for_triage"], condition=Q(for_triage=True), name="review_type_for_triage_once"
            )
        ]
