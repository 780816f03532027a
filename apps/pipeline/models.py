from django.db import models
from django.db.models import Q

from apps.core.privacy import privacy
from apps.extracts.models import Extract, Feed


class Run(models.Model):
    """The work on one extract: which step it is at, who holds its lease, and how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    extract = models.OneToOneField(Extract, on_delete=models.PROTECT, related_name="run")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    step = models.CharField(max_length=20, blank=True)
    commit = models.BooleanField(default=True, help_text="Whether to go on from the plan to the commit")
    requested_by = models.BigIntegerField(null=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField(null=True, help_text="A worker that stops renewing it has died")
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, help_text="One sentence, never a person's data")

    PRIVACY = privacy(
        plain="extract feed state step commit requested_by requested_at lease_until attempts finished_at error"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed"], condition=Q(state="running"), name="run_one_a_feed")
        ]
