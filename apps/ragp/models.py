from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.children.models import Child
from apps.core.privacy import privacy


class Scheme(models.Model):
    """A numbered set of bands and rules, loaded from data; never edited once it is live."""

    version = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    live_from = models.DateField()
    watched_from = models.DateTimeField(
        null=True, blank=True, help_text="From when a change of rating is somebody's work"
    )

    PRIVACY = privacy(plain="version title live_from watched_from")


class Band(models.Model):
    """A rating: always word, colour and shape; ``from_points`` empty for 'not rated', which is not green."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="bands")
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=40)
    colour = models.CharField(max_length=20)
    shape = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()
    from_points = models.PositiveSmallIntegerField(null=True)
    definition = models.TextField()
    respond_within_hours = models.PositiveSmallIntegerField(
        help_text="How soon a change to this band is looked at"
    )

    PRIVACY = privacy(plain="scheme code label colour shape rank from_points definition respond_within_hours")

    class Meta:
        ordering = ["-rank"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="band_once")]


class Rule(models.Model):
    """One line of a scheme: a condition over facts, the points it adds, and the sentence that explains it."""

    class Kind(models.TextChoices):
        OPEN = "open", "The service is involved today"
        MEASURE = "measure", "The latest value of a measure is past a threshold"
        COUNT = "count", "So many facts of a service or measure within a window"

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="rules")
    code = models.CharField(max_length=40)
    sentence = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=40, help_text="Service or measure code")
    categories = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    below = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    at_least = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    window_days = models.PositiveSmallIntegerField(null=True, help_text="Facts older than this have lapsed")
    points = models.PositiveSmallIntegerField()
    floor = models.CharField(
        max_length=20, blank=True, help_text="Band the rating cannot be below while this rule holds"
    )
    policy = models.CharField(max_length=200, blank=True)

    PRIVACY = privacy(
        plain="scheme code sentence kind subject categories below at_least window_days points floor policy"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="rule_once")]


class Assessment(models.Model):
    """A child's rating as worked out at a moment: immutable, superseded by the next one that differs."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="assessments")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT)
    as_of = models.DateField()
    band = models.CharField(max_length=20)
    points = models.PositiveSmallIntegerField()
    contributions = models.JSONField(
        help_text="List of {rule, sentence, points, service, agency, feed, since, until, fact}, most points first"
    )
    holds_until = models.DateField(null=True, help_text="The first day it may differ with time alone")
    assessed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    PRIVACY = privacy(
        sensitive="band points contributions",
        plain="child scheme as_of holds_until assessed_at superseded_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(superseded_at__isnull=True), name="assessment_current_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["holds_until"], condition=Q(superseded_at__isnull=True), name="assessment_due"
            ),
            models.Index(fields=["band"], condition=Q(superseded_at__isnull=True), name="assessment_band"),
            models.Index(fields=["child", "assessed_at"], name="assessment_history"),
        ]


class Change(models.Model):
    """A move from one band to another, with the facts gained and lost that caused it."""

    class Nature(models.TextChoices):
        REAL = "real", "Real change"
        ARTEFACT = "artefact", "Data artefact"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="changes")
    before = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="+")
    after = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="change")
    from_band = models.CharField(max_length=20)
    to_band = models.CharField(max_length=20)
    nature = models.CharField(max_length=10, choices=Nature)
    why = models.CharField(max_length=200, blank=True, help_text="For an artefact: what makes it one")
    gained = models.JSONField(default=list)
    lost = models.JSONField(default=list)
    at = models.DateTimeField()

    PRIVACY = privacy(sensitive="from_band to_band gained lost", plain="child before after nature why at")

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="change_newest"),
            models.Index(fields=["child", "-at"], name="change_child"),
        ]


class PlannedMove(models.Model):
    """A child whose band would change if an extract were committed, as worked out for its preview."""

    extract_id = models.BigIntegerField()
    # no constraint: a child the extract would bring does not exist yet
    child = models.ForeignKey(Child, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    from_band = models.CharField(max_length=20)
    to_band = models.CharField(max_length=20)

    PRIVACY = privacy(sensitive="from_band to_band", plain="extract_id child")

    class Meta:
        indexes = [models.Index(fields=["extract_id"], name="planned_move_extract")]
