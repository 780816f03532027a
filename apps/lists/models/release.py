import builtins

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy
from apps.lists.models.weekly import WeeklyList


class Term(models.Model):
    """Days between which schools are open; a half term is the gap between two. Of one setting, or of all schools without their own."""

    setting = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="terms",
        help_text="Empty: every school that has none of its own",
    )
    name = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()

    PRIVACY = privacy(plain="setting name first_day last_day")

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="list_term_days")
        ]

    def __str__(self) -> str:
        return self.name


class Asking(models.Model):
    """About whom settings are asked to return something, from a week on."""

    class Who(models.TextChoices):
        KNOWN = "known", "Children known to a service"
        PLAN = "plan", "Children with an EHC plan or a social worker"
        ALL = "all", "Every child on the list"

    from_week = models.DateField(unique=True, help_text="Monday of the first week")
    who = models.CharField(max_length=8, choices=Who)

    PRIVACY = privacy(plain="from_week who")

    class Meta:
        ordering = ["-from_week"]
        verbose_name_plural = "askings"

    def __str__(self) -> str:
        return self.get_who_display()


class Job(models.Model):
    """A drafting or a release that somebody asked for; a worker does it in one transaction, so a job that is not done has done nothing."""

    class Kind(models.TextChoices):
        DRAFT = "draft", "Draft"
        RELEASE = "release", "Release"

    kind = models.CharField(max_length=8, choices=Kind)
    week = models.DateField()
    lists = ArrayField(
        models.BigIntegerField(), default=list, help_text="Which lists to release; a draft is of all"
    )
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often a worker has begun it")
    begun_at = models.DateTimeField(null=True, help_text="The last time")
    error = models.CharField(
        max_length=60, blank=True, help_text="What kind of error stopped it last, without what it was about"
    )
    done_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict, help_text="In figures, or the sentence that refused it")

    PRIVACY = privacy(plain="kind week lists asked_by asked_at tries begun_at error done_at outcome")


class Snag(models.Model):
    """Something to put right before a list is released; some a person may accept with a reason, others only a new draft takes away."""

    class Kind(models.TextChoices):
        NOBODY = "nobody", "Nobody at the setting can open it"
        CLOSED = "closed", "The setting is closed"
        CONTESTED = "contested", "On two rolls since the same day"
        SHRUNK = "shrunk", "Fewer than half of the children of the list before"
        MOVED = "moved", "The roll has moved on since the draft"
        FAILED = "failed", "It could not be drafted"
        UNSHARED = "unshared", "It tells what no agreement shares any more"

    #: What a person may accept.
    ACCEPTABLE = (Kind.CONTESTED, Kind.SHRUNK)

    list = models.ForeignKey(WeeklyList, on_delete=models.CASCADE, related_name="snags")
    kind = models.CharField(max_length=10, choices=Kind)
    children = models.PositiveIntegerField(default=0, help_text="How many it concerns")
    settled_by = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True, help_text="Why it was accepted")

    PRIVACY = privacy(plain="list kind children settled_by settled_at note")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "kind"], name="list_snag_once")]


class Receipt(models.Model):
    """That somebody at the setting has opened a list, and taken it away as a file."""

    list = models.ForeignKey(WeeklyList, on_delete=models.CASCADE, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(help_text="The first time")
    downloads = models.PositiveIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True)

    PRIVACY = privacy(plain="list user opened_at downloads acknowledged_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "user"], name="list_receipt_once")]


class Incident(models.Model):
    """The note of a recall: who had opened the list by then, and what was done about it."""

    list = models.OneToOneField(WeeklyList, on_delete=models.PROTECT, related_name="incident")
    started_by = models.BigIntegerField()
    started_at = models.DateTimeField()
    readers = models.JSONField(
        default=builtins.list, help_text="[{user, opened_at, downloads}] at the moment of the recall"
    )
    note = models.TextField(blank=True)
    noted_by = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField(null=True)

    PRIVACY = privacy(sensitive="note", plain="list started_by started_at readers noted_by noted_at")
