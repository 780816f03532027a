from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
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


class Scope(models.TextChoices):
    WRITE = "extracts:write", "Send files"
    READ = "extracts:read", "See what became of files"
    LOOKUP = "children:lookup", "Ask whether a child is known"


#: What a system that sends files needs. Asking about children is given by name alone.
SENDING = (Scope.WRITE.value, Scope.READ.value)


class Token(models.Model):
    """Lets another system send files of one feed, or of one agency's feeds; only the hash of its secret is kept."""

    title = models.CharField(max_length=120, help_text="Which system uses it")
    secret_hash = models.CharField(max_length=64, unique=True)
    feed = models.ForeignKey(Feed, null=True, blank=True, on_delete=models.PROTECT, related_name="tokens")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="tokens")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    PRIVACY = privacy(
        plain="title secret_hash feed agency scopes made_at made_by expires_at withdrawn_at last_used_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(feed__isnull=True, agency__isnull=False)
                | Q(feed__isnull=False, agency__isnull=True),
                name="token_feed_or_agency",
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """What a request with an idempotency key was answered, so that the same request again gets the same answer."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key_hash = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64, help_text="What was asked for, files included")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    extract = models.ForeignKey(Extract, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    PRIVACY = privacy(plain="token key_hash body_hash status body extract at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key_hash"], name="answer_once")]


class Figures(models.Model):
    """How complete a feed's records were after an extract: numbers only, kept because rows and findings are forgotten."""

    extract = models.OneToOneField(
        Extract, primary_key=True, on_delete=models.CASCADE, related_name="figures"
    )
    measured_at = models.DateTimeField()
    records = models.PositiveIntegerField(help_text="Current records of the feed")
    born = models.PositiveIntegerField(help_text="Of these, not unborn: those who can have an NHS number")
    school_age = models.PositiveIntegerField(help_text="Of these, aged 5 to 15: those who should have a UPN")
    named = models.PositiveIntegerField()
    with_dob = models.PositiveIntegerField()
    with_sex = models.PositiveIntegerField()
    with_ethnicity = models.PositiveIntegerField()
    with_address = models.PositiveIntegerField()
    with_nhs_number = models.PositiveIntegerField(help_text="Of the born")
    nhs_number_known = models.PositiveIntegerField(help_text="Of the born, where any agency gives one")
    with_upn = models.PositiveIntegerField(help_text="Of those of school age")
    any_upn = models.PositiveIntegerField(help_text="Of any age: whether the feed sends UPNs at all")
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()

    PRIVACY = privacy(
        plain="extract measured_at records born school_age named with_dob with_sex with_ethnicity with_address with_nhs_number"
        " nhs_number_known with_upn any_upn errors warnings"
    )
