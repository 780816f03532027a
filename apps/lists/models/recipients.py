from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy


class Verification(models.Model):
    """That a setting's own administrator has said: this person reads our lists, at this address. It holds until the term is over."""

    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="verifications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verifications")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody: carried over when verifying began",
    )
    at = models.DateTimeField()
    until = models.DateField(help_text="Last day it holds")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True, help_text="Why it ended before its day")

    PRIVACY = privacy(plain="setting user by at until ended_at ended_by reason")

    class Meta:
        indexes = [models.Index(fields=["setting", "user"], name="list_verified")]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(by=F("user")), name="list_verified_by_another"
            )
        ]
