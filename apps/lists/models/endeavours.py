from django.db import models

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy


class Endeavour(models.Model):
    """What a setting says of one of its children: how it judges the risk, whether it expects the child, whom it tried to reach.

    Never changed, only taken back: what is said next stands beside it, and both are kept.
    """

    class Kind(models.TextChoices):
        RISK = "risk", "Risk assessment"
        EXPECTED = "expected", "Attendance expected"
        CONTACT = "contact", "Contact attempt"

    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="endeavours")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField(help_text="The day it was judged, or from which on it holds, or of the attempt")
    until = models.DateField(null=True, help_text="When the risk is looked at again, or until when it holds")
    said = models.CharField(max_length=20, help_text="The level, what is expected, or the outcome")
    whom = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True, help_text="The risk in words, why, or what was offered")
    by = models.BigIntegerField()
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, help_text="When it became a fact, or no longer was one")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    PRIVACY = privacy(
        sensitive="kind on until said whom how words",
        plain="setting child by at taken_at withdrawn_at withdrawn_by",
    )

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["child", "setting"], name="list_endeavours"),
            models.Index(
                fields=["id"], condition=models.Q(taken_at__isnull=True), name="list_endeavours_left"
            ),
        ]
