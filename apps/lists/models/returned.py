from django.db import models

from apps.core.privacy import privacy
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
