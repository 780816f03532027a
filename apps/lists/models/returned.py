from django.db import models

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy
from apps.extracts.models import Feed
from apps.lists.models.weekly import Entry, WeeklyList


class Answer(models.Model):
    """What a setting says of one child of a list; kept as it is typed, a fact once the return is sent."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="answer")
    attended = models.CharField(max_length=8, blank=True)
    seen_on = models.DateField(null=True)
    seen_by = models.CharField(max_length=120, blank=True)
    concern = models.CharField(max_length=8, blank=True)
    words = models.TextField(blank=True)
    roll = models.CharField(max_length=8, blank=True)
    left_on = models.DateField(null=True)
    contact = models.CharField(max_length=8, blank=True)
    saved_by = models.BigIntegerField()
    saved_at = models.DateTimeField()

    PRIVACY = privacy(
        identifying="seen_by",
        sensitive="attended seen_on concern words roll left_on contact",
        plain="entry saved_by saved_at",
    )


class Return(models.Model):
    """That a setting has sent its answers for a list, and when they became facts; sent again, they are taken again."""

    list = models.OneToOneField(WeeklyList, on_delete=models.PROTECT, related_name="returned")
    sent_by = models.BigIntegerField()
    sent_at = models.DateTimeField()
    answers = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)

    PRIVACY = privacy(plain="list sent_by sent_at answers taken_at")


class RollQuestion(models.Model):
    """That a setting says of a child on its roll that it is not theirs, or has left: asked of the agency whose file says otherwise."""

    class Says(models.TextChoices):
        NOT_OURS = "not_ours", "Not ours"
        LEFT = "left", "Left"

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", "The source has put it right"
        STANDS = "stands", "The source stands by it"
        WITHDRAWN = "withdrawn", "The setting says now that the child is theirs"

    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="+", help_text="Whose file says so")
    says = models.CharField(max_length=8, choices=Says)
    left_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    note = models.TextField(blank=True)

    PRIVACY = privacy(
        sensitive="says left_on note", plain="setting child feed opened_at closed_at closed_by outcome"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "child"], condition=models.Q(closed_at=None), name="roll_question_once"
            )
        ]
