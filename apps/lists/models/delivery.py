import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy
from apps.lists.models.weekly import WeeklyList


class Notice(models.Model):
    """An e-mail that says to one person that something waits, and nothing else: at most one of a kind, kept from before it leaves."""

    class Kind(models.TextChoices):
        READY = "ready", "A list is ready"
        REMINDER = "reminder", "Nobody has opened it"
        VERIFY = "verify", "The setting's readers are to be verified"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "With the e-mail service, or its worker died"
        SENT = "sent", "Sent"
        UNSURE = "unsure", "Perhaps sent: the worker died and the e-mail service cannot tell"
        FAILED = "failed", "Refused by the e-mail service"
        DROPPED = "dropped", "No longer wanted"

    list = models.ForeignKey(WeeklyList, null=True, on_delete=models.CASCADE, related_name="notices")
    setting = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="Where it is of no list"
    )
    due = models.DateField(null=True, help_text="Of no list: the day by which something is to be done")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    reference = models.UUIDField(
        default=uuid.uuid4, unique=True, help_text="By which the e-mail service knows it"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    PRIVACY = privacy(plain="list setting due user kind reference state asked_at sending_at sent_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "user", "kind"], name="list_notice_once"),
            models.UniqueConstraint(
                fields=["setting", "user", "kind", "due"],
                condition=Q(list=None),
                name="list_notice_of_setting_once",
            ),
            models.CheckConstraint(
                condition=Q(list__isnull=False, setting=None, due=None)
                | Q(list=None, setting__isnull=False, due__isnull=False),
                name="list_notice_of_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="list_notice_left",
            )
        ]
