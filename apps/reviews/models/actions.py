from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy
from apps.reviews.models.cases import CaseReview
from apps.triage.models import Decision


class Action(models.Model):
    """Something that somebody does about a child by a day, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Not done"

    class Source(models.TextChoices):
        REVIEW = "review", "Review"
        TRIAGE = "triage", "Triage"
        PERSON = "person", "A person"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="review_actions")
    review = models.ForeignKey(CaseReview, null=True, on_delete=models.PROTECT, related_name="actions")
    decision = models.OneToOneField(
        Decision,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="In triage, from which it came",
    )
    source = models.CharField(max_length=8, choices=Source, default=Source.REVIEW, db_default=Source.REVIEW)
    what = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Who does it")
    by_agency = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose it was before, or who wrote it down",
    )
    team = models.CharField(max_length=120, blank=True, default="", db_default="")
    owner = models.CharField(max_length=120, help_text="Who there; a name, for not everybody signs in")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.TextField(blank=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(
        null=True, help_text="When its day was over and those who run reviews were told"
    )

    PRIVACY = privacy(
        identifying="owner",
        sensitive="what outcome",
        plain="child review decision source agency by_agency team due_on state by at ended_by ended_at escalated_at",
    )

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="action_open"),
            models.Index(fields=["ended_at"], condition=~Q(state="open"), name="action_ended"),
            models.Index(fields=["child"], name="action_of_child"),
        ]


class Handing(models.Model):
    """That an action went from one to another, and why."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="handings")
    owner = models.CharField(max_length=120, help_text="Whose it was")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Whose it was")
    reason = models.TextField()
    by = models.BigIntegerField()
    at = models.DateTimeField()
    due_on = models.DateField(null=True, help_text="By when it was to be done")

    PRIVACY = privacy(identifying="owner", sensitive="reason", plain="action agency by at due_on")


class LogDay(models.Model):
    """The action log of one day as it stood when the day was closed; never changed after."""

    day = models.DateField(unique=True)
    frozen_at = models.DateTimeField()

    PRIVACY = privacy(plain="day frozen_at")


class LogLine(models.Model):
    """One action as it stood at the end of a day."""

    log = models.ForeignKey(LogDay, on_delete=models.PROTECT, related_name="lines")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=Action.State)
    outcome = models.TextField(blank=True)

    PRIVACY = privacy(
        identifying="owner", sensitive="what outcome", plain="log action agency team due_on state"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "action"], name="log_line_once")]


class Contact(models.Model):
    """One contact with a child or the family, or an attempt: what they said, what was offered, whether it is being met."""

    class Way(models.TextChoices):
        VISIT = "visit", "Visit"
        PHONE = "phone", "Phone"
        MESSAGE = "message", "Message or letter"
        ELSEWHERE = "elsewhere", "Met elsewhere"

    class Met(models.TextChoices):
        YES = "yes", "Being met"
        PARTLY = "partly", "Partly met"
        NO = "no", "Not met"
        UNKNOWN = "unknown", "Too early to say"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    way = models.CharField(max_length=10, choices=Way)
    with_whom = models.CharField(max_length=120)
    made = models.BooleanField(help_text="Made; else attempted")
    child_seen = models.BooleanField(default=False)
    said = models.TextField(blank=True)
    offered = models.TextField(blank=True)
    met = models.CharField(max_length=8, choices=Met, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.BigIntegerField()
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, help_text="When it became a sighting")

    PRIVACY = privacy(
        identifying="with_whom",
        sensitive="way made child_seen said offered met",
        plain="child on agency by at taken_at",
    )

    class Meta:
        indexes = [
            models.Index(fields=["child", "-on"], name="contact_of_child"),
            models.Index(
                fields=["id"],
                condition=models.Q(child_seen=True, made=True, taken_at=None),
                name="contact_to_take",
            ),
        ]
