from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy


class Scheme(models.Model):
    """A numbered set of bands and rules: drafted, approved by a second person, live from a day on, and never edited again."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        DROPPED = "dropped", "Dropped"

    version = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.APPROVED, db_default=State.APPROVED)
    live_from = models.DateField(null=True, help_text="The first day ratings are worked out by it")
    written_by = models.BigIntegerField(null=True, help_text="Who changed the draft last")
    authors = ArrayField(
        models.BigIntegerField(), default=list, db_default=[], help_text="Everybody who drafted or changed it"
    )
    changed_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="", db_default="", help_text="What the approval rests on")
    watched_from = models.DateTimeField(
        null=True, blank=True, help_text="From when a change of rating is somebody's work"
    )

    unrated_after_days = models.PositiveSmallIntegerField(
        null=True, help_text="Not rated once every source behind the rating is so many days old"
    )
    unrated_up_to = models.CharField(
        max_length=20, blank=True, default="", db_default="", help_text="The highest band this is done to"
    )

    PRIVACY = privacy(
        plain="unrated_after_days unrated_up_to version title state live_from written_by authors changed_at approved_by approved_at reason"
        " watched_from"
    )


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
        UNSEEN = "unseen", "The service is involved today, and nobody has seen the child for so many days"

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

    # no index of its own here and below where another begins with the same, or nothing asks, and no constraint: one statement writes
    # them by the hundred thousand from the rows they point to, of which none is ever deleted, and each is paid for by every child
    child = models.ForeignKey(
        Child, on_delete=models.PROTECT, related_name="assessments", db_index=False, db_constraint=False
    )
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    as_of = models.DateField()
    band = models.CharField(max_length=20)
    points = models.PositiveSmallIntegerField()
    contributions = models.JSONField(
        help_text="List of {rule, sentence, points, service, agency, feed, since, until, fact}, most points first"
    )
    holds_until = models.DateField(null=True, help_text="The first day it may differ with time alone")
    assessed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    unrated = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        help_text="Why it is not rated, where points alone would rate it",
    )

    PRIVACY = privacy(
        sensitive="band points contributions",
        plain="unrated child scheme as_of holds_until assessed_at superseded_at",
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
            models.Index(fields=["child", "assessed_at"], name="assessment_history"),
            models.Index(
                fields=["scheme"], condition=Q(superseded_at__isnull=True), name="assessment_scheme"
            ),
            models.Index(
                fields=["assessed_at"],
                condition=Q(superseded_at__isnull=True, unrated="stale"),
                name="assessment_stale",
            ),
        ]


class Change(models.Model):
    """A move from one band to another, with the facts gained and lost that caused it."""

    class Nature(models.TextChoices):
        REAL = "real", "Real change"
        ARTEFACT = "artefact", "Data artefact"

    child = models.ForeignKey(
        Child, on_delete=models.PROTECT, related_name="changes", db_index=False, db_constraint=False
    )
    before = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    after = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, related_name="change", db_constraint=False
    )
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


class WhatIf(models.Model):
    """What a scheme would do to the whole cohort, worked out on the facts of a moment and kept beside the scheme."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="what_ifs")
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    children = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    matrix = models.JSONField(default=dict, help_text="From band to band: how many children")
    groups = models.JSONField(default=list, help_text="List of [kind, value, children, up, down]")
    weeks = models.JSONField(
        default=list, help_text="List of [Monday, up, down] had the scheme been live then"
    )

    PRIVACY = privacy(plain="scheme asked_by asked_at done_at children seconds matrix groups weeks")


class WhatIfMove(models.Model):
    """A child whose band a scheme would move, and the rules that would."""

    what_if = models.ForeignKey(WhatIf, on_delete=models.CASCADE, related_name="moves")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    from_band = models.CharField(max_length=20)
    to_band = models.CharField(max_length=20)
    contributions = models.JSONField(default=list, help_text="As in an assessment")

    PRIVACY = privacy(sensitive="from_band to_band contributions", plain="what_if child")


class Override(models.Model):
    """A band that a named professional set beside the one worked out, why, and until when; kept for ever, ended but never edited."""

    class Ended(models.TextChoices):
        EXPIRED = "expired", "Its time was over"
        TAKEN_BACK = "taken_back", "Taken back"
        REPLACED = "replaced", "Another took its place"
        MERGED = "merged", "The record was joined to another child’s"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="overrides")
    band = models.CharField(max_length=20)
    against = models.CharField(max_length=20, help_text="The band that was worked out when it was set")
    reason = models.TextField()
    by = models.BigIntegerField()
    # the page names who set it for ever, also once the account is closed
    by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    review_on = models.DateField(help_text="The day by which somebody looks at it again")
    expires_on = models.DateField(help_text="The last day it counts")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_why = models.CharField(max_length=12, choices=Ended, blank=True, default="")
    ended_reason = models.TextField(blank=True, default="")
    review_raised_at = models.DateTimeField(
        null=True, help_text="When triage was told that its review is due"
    )
    expiry_raised_at = models.DateTimeField(
        null=True, help_text="When triage was told that it ended by itself"
    )

    PRIVACY = privacy(
        identifying="by_name",
        sensitive="band against reason ended_reason",
        plain="child by agency set_at review_on expires_on ended_at ended_by ended_why review_raised_at expiry_raised_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_at__isnull=True), name="override_stands_once"
            )
        ]
        indexes = [
            models.Index(fields=["child", "-set_at"], name="override_of_child"),
            models.Index(
                fields=["ended_why"],
                condition=Q(expiry_raised_at__isnull=True, ended_at__isnull=False),
                name="override_to_raise",
            ),
        ]
