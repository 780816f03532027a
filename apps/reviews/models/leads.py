from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy


class Person(models.Model):
    """Somebody who works with a child; a name, for not everybody signs in."""

    name = models.CharField(max_length=120)
    job = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    #: Whose agency wrote it down: they see it whatever agreements say.
    by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.BigIntegerField()
    at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


OF_PERSON = "agency by_agency by at ended_by ended_at"


class Lead(Person):
    """Who leads on a child, led or is asked to; one at a time. A handover waits until the receiving agency accepts it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Asked, not accepted yet"
        CURRENT = "current", "Leads"
        ENDED = "ended", "Led"
        REFUSED = "refused", "Was not accepted"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="leads")
    state = models.CharField(max_length=8, choices=State)
    since = models.DateField(null=True, help_text="The day from which the person leads")
    reason = models.TextField(blank=True, help_text="Why it is handed over, was not accepted or ended")
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    heir = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The agency asked to take over",
    )

    PRIVACY = privacy(
        identifying="name phone",
        sensitive="reason",
        plain=f"child job state since answered_by answered_at heir {OF_PERSON}",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(state="current"), name="lead_once"),
            models.UniqueConstraint(fields=["child"], condition=Q(state="proposed"), name="lead_asked_once"),
        ]
        indexes = [models.Index(fields=["child", "-at"], name="lead_of_child")]


class Member(Person):
    """Somebody of the team round a child."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="team")

    PRIVACY = privacy(identifying="name phone", plain=f"child job {OF_PERSON}")

    class Meta:
        indexes = [models.Index(fields=["child"], condition=Q(ended_at=None), name="member_of_team")]
