from django.db import models
from django.db.models import Q

from apps.core.privacy import privacy
from apps.extracts.models import Extract, Feed


class Run(models.Model):
    """One piece of work on an extract: what it is to do, which step it is at, who holds its lease, and how it ended."""

    class Kind(models.TextChoices):
        LOAD = "load", "Load"
        RELEASE = "release", "Commit after a look"
        UNDO = "undo", "Undo"
        REDO = "redo", "Commit again"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LOAD)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(max_length=20, blank=True)
    commit = models.BooleanField(default=True, help_text="Whether to go on from the plan to the commit")
    reason = models.TextField(blank=True, help_text="Why a person released, undid or committed again")
    cancel_asked = models.BooleanField(default=False, help_text="Stop before the next step")
    requested_by = models.BigIntegerField(null=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField(null=True, help_text="A worker that stops renewing it has died")
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, help_text="One sentence, never a person's data")

    PRIVACY = privacy(
        plain="extract feed kind state step commit reason cancel_asked requested_by requested_at lease_until attempts finished_at error"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed"], condition=Q(state="running"), name="run_one_a_feed"),
            models.UniqueConstraint(
                fields=["extract"], condition=Q(state__in=("waiting", "running")), name="run_one_at_a_time"
            ),
        ]
