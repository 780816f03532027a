import uuid

from django.conf import settings
from django.db import models

from apps.core.privacy import privacy
from apps.lists.models.weekly import WeeklyList


class Notice(models.Model):
    """An e-mail that says to one person that a list is ready, and nothing else: at most one of a kind, kept from before it leaves."""

    class Kind(models.TextChoices):
        READY = "ready", "A list is ready"
        REMINDER = "reminder", "Nobody has opened it"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "With the e-mail service, or its worker died"
        SENT = "sent", "Sent"
        UNSURE = "unsure", "Perhaps sent: the worker died and the e-mail service cannot tell"
        FAILED = "failed", "Refused by the e-mail service"
        DROPPED = "dropped", "No longer wanted"

    list = models.ForeignKey(WeeklyList, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    reference = models.UUIDField(
        default=uuid.uuid4, unique=True, help_text="By which the e-mail service knows it"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    PRIVACY = privacy(plain="list user kind reference state asked_at sending_at sent_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "user", "kind"], name="list_notice_once")]
        indexes = [
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="list_notice_left",
            )
        ]
