import uuid
from datetime import time

from django.db import models

from apps.agencies.models import Agency
from apps.core.privacy import privacy
from apps.reviews.models.cases import CaseReview
from apps.reviews.models.types import ReviewType


class Series(models.Model):
    """A meeting that is held every week: which reviews it takes, on which day, who is asked to come."""

    name = models.CharField(max_length=80, unique=True)
    type = models.ForeignKey(ReviewType, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(help_text="0 for Monday")
    starts = models.TimeField(default=time(10))
    minutes = models.PositiveSmallIntegerField(default=240)
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=120)
    people = models.JSONField(default=list, help_text="[[name, agency id]]: who is asked each week")
    active = models.BooleanField(default=True)

    PRIVACY = privacy(identifying="chair people", plain="name type weekday starts minutes place active")

    class Meta:
        ordering = ["name"]


class Meeting(models.Model):
    """One meeting of a series."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Being held"
        ENDED = "ended", "Ended"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = privacy(
        identifying="chair", plain="public_id series on starts minutes place state began_at ended_at"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "on"], name="meeting_once")]
        ordering = ["-on", "-pk"]


class Attendee(models.Model):
    """Somebody who is asked to a meeting, and whether they were there."""

    class Here(models.TextChoices):
        ASKED = "asked", "Asked"
        HERE = "here", "Here"
        APOLOGIES = "apologies", "Apologies"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    here = models.CharField(max_length=10, choices=Here, default=Here.ASKED)

    PRIVACY = privacy(identifying="name", plain="meeting agency here")

    class Meta:
        ordering = ["agency__name", "name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name", "agency"], name="attendee_once")]


class AgendaItem(models.Model):
    """A review on the agenda of a meeting, in the order of need."""

    class State(models.TextChoices):
        WAITING = "waiting", "To come"
        DONE = "done", "Agreed"
        CARRIED = "carried", "Carried over"
        OFF = "off", "Taken off"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)

    PRIVACY = privacy(sensitive="state", plain="meeting review position")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "review"], name="agenda_once")]


class Draft(models.Model):
    """What is typed about a review in a meeting, as it is typed; it counts once it is agreed."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="draft")
    words = models.JSONField(default=dict, help_text="Field of the form to what stands in it")
    version = models.PositiveIntegerField(default=0)
    saved_by = models.BigIntegerField(null=True)
    saved_at = models.DateTimeField(null=True)

    PRIVACY = privacy(sensitive="words", plain="item version saved_by saved_at")


class Minutes(models.Model):
    """The minutes of a meeting; a correction is a new version, and an approved one is never changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_of")
    version = models.PositiveSmallIntegerField()
    people = models.JSONField(default=list, help_text="[[name, agency, whether there]]")
    correction = models.TextField(blank=True, help_text="What this version sets right")
    by = models.BigIntegerField()
    at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    PRIVACY = privacy(
        identifying="people", sensitive="correction", plain="meeting version by at approved_by approved_at"
    )

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["meeting", "version"], name="minutes_once")]


class MinuteLine(models.Model):
    """What the minutes say about one review."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="lines")
    review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=AgendaItem.State)
    band = models.CharField(max_length=20, blank=True)
    summary = models.TextField(blank=True)
    lead = models.CharField(max_length=200, blank=True)
    actions = models.JSONField(default=list, help_text="[[what, who, agency, day]]")
    next_review_on = models.DateField(null=True)

    PRIVACY = privacy(
        identifying="lead",
        sensitive="state band summary actions next_review_on",
        plain="minutes review position",
    )

    class Meta:
        ordering = ["position", "pk"]
