from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy


class Membership(models.Model):
    """A user's role in an agency between two dates: the one source of what they may do and whom they reach."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, help_text="A code from access/roles.py")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True, help_text="Last day it holds")

    PRIVACY = privacy(plain="user agency role valid_from valid_until")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="membership_dates",
            ),
        ]
