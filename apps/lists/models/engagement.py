from django.db import models

from apps.agencies.models import Agency
from apps.core.privacy import privacy


class Conversation(models.Model):
    """That somebody of early help talked a list through with a setting: what about, and when next."""

    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="conversations")
    on = models.DateField()
    note = models.TextField()
    next_on = models.DateField(null=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    PRIVACY = privacy(sensitive="note", plain="setting on next_on by at")

    class Meta:
        ordering = ["-on", "-pk"]
