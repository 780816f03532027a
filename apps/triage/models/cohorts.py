from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy


class Cohort(models.Model):
    """A saved filter over the facts that ratings rest on: who fits it is worked out after every file and every night."""

    name = models.CharField(max_length=80)
    conditions = models.JSONField(
        default=list,
        help_text="All of them hold. As rules of a rating scheme: kind, subject, categories, below, at_least, window_days",
    )
    unseen_days = models.PositiveSmallIntegerField(
        null=True, help_text="And not seen for so many days by anybody who reports it"
    )
    owner = models.BigIntegerField()
    team = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="With whom it is shared"
    )
    made_at = models.DateTimeField()
    watched_from = models.DateTimeField(
        null=True, help_text="From when a child's entry opens something to decide"
    )
    respond_in_days = models.PositiveSmallIntegerField(
        default=5, db_default=5, help_text="Working days to decide about an entry"
    )
    worked_out_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    PRIVACY = privacy(
        plain="name conditions unseen_days owner team made_at watched_from respond_in_days worked_out_at dropped_at"
    )

    class Meta:
        ordering = ["name", "pk"]


class CohortStay(models.Model):
    """That a child fits a cohort, from when until when, and the facts by which it does."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="stays")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cohort_stays")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    contributions = models.JSONField(
        default=list, help_text="As in an assessment: rule, service, agency, kind, value, since"
    )

    PRIVACY = privacy(sensitive="contributions", plain="cohort child entered_at left_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "child"], condition=Q(left_at=None), name="cohort_stay_once"
            )
        ]


class CohortCount(models.Model):
    """How many children fitted a cohort on a day, and how many came and went on it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="counts")
    on = models.DateField()
    children = models.PositiveIntegerField()
    entered = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    PRIVACY = privacy(plain="cohort on children entered left")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "on"], name="cohort_count_once")]
