from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy
from apps.triage.models.queue import Decision


class SavedView(models.Model):
    """A part of the queue under a name: its owner's, or shared with everybody of a team."""

    name = models.CharField(max_length=60)
    query = models.CharField(
        max_length=500, blank=True, help_text="The filters as the queue's address has them"
    )
    owner = models.BigIntegerField()
    team = models.ForeignKey(
        Agency, null=True, on_delete=models.CASCADE, related_name="+", help_text="With whom it is shared"
    )

    PRIVACY = privacy(plain="name query owner team")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once")]


class Allocation(models.Model):
    """This officer takes what opens about the children of a school, or of a postcode sector."""

    officer = models.BigIntegerField()
    setting = models.OneToOneField(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=8, blank=True, help_text="Postcode sector without its space: TS181")
    by = models.BigIntegerField()
    at = models.DateTimeField()

    PRIVACY = privacy(plain="officer setting area by at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(setting__isnull=False, area="") | (Q(setting__isnull=True) & ~Q(area="")),
                name="allocation_school_or_area",
            ),
            models.UniqueConstraint(fields=["area"], condition=~Q(area=""), name="allocation_area_once"),
        ]


class Digest(models.Model):
    """That somebody wants an e-mail on working days with the counts of the queue, and when the last one went."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="triage_digest"
    )
    wanted_at = models.DateTimeField()
    sent_on = models.DateField(null=True)

    PRIVACY = privacy(plain="user wanted_at sent_on")


class Draw(models.Model):
    """One week's draw of decisions for a second look; with its seed it can be drawn again and comes out the same."""

    week = models.DateField(unique=True, help_text="Its Monday")
    seed = models.CharField(max_length=32)
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    PRIVACY = privacy(plain="week seed percent at")


class SecondLook(models.Model):
    """A decision after which nothing was done, drawn for a supervisor to look at again; what they think of it."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="second_look")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="looks")
    agrees = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)

    PRIVACY = privacy(sensitive="agrees note", plain="decision draw by at")

    class Meta:
        indexes = [models.Index(fields=["draw"], condition=Q(agrees=None), name="second_look_open")]
