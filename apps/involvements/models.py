from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import SourceRecord
from apps.core.privacy import privacy
from apps.extracts.models import FactFields, FactKind, Feed
from apps.people.models import Professional

CURRENT = Q(recorded_to__isnull=True)


class Fact(models.Model):
    """A dated fact on a record with two times: when it was true, and from when until when we knew it so."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="Who supplied it"
    )
    key = models.TextField(
        help_text="Tells facts of one code on one record apart, stable from extract to extract"
    )
    extract_id = models.BigIntegerField()
    row_no = models.PositiveIntegerField()
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    class Meta:
        abstract = True


FACT_PLAIN = "record feed agency key extract_id row_no recorded_from recorded_to"


class Involvement(Fact):
    """That a service works, or worked, with a child: existence only; its content is an InvolvementDetail."""

    service = models.CharField(max_length=40)
    start_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    end_inferred = models.BooleanField(
        default=False, help_text="Ended because a full extract no longer listed it"
    )
    setting = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="enrolments")
    setting_ref = models.TextField(blank=True)

    PRIVACY = privacy(
        sensitive="service start_on end_on setting setting_ref", plain=FACT_PLAIN + " end_inferred"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "feed", "service", "key"],
                condition=CURRENT,
                name="involvement_current_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["feed", "service"],
                condition=CURRENT & Q(end_on__isnull=True),
                name="involvement_open",
            ),
            models.Index(
                fields=["setting"], condition=CURRENT & Q(end_on__isnull=True), name="involvement_setting"
            ),
            models.Index(
                fields=["feed", "setting_ref"],
                condition=CURRENT & Q(setting__isnull=True) & ~Q(setting_ref=""),
                name="involvement_unmapped",
            ),
        ]


class InvolvementDetail(models.Model):
    """The content of one involvement version: worker, plan category and further detail."""

    involvement = models.OneToOneField(
        Involvement, primary_key=True, on_delete=models.CASCADE, related_name="content"
    )
    worker = models.ForeignKey(
        Professional, null=True, on_delete=models.SET_NULL, related_name="involvements"
    )
    worker_ref = models.TextField(blank=True)
    category = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    PRIVACY = privacy(identifying="worker_ref worker", sensitive="category detail", plain="involvement")


class Sighting(Fact):
    """That somebody saw the child on a day: by whom, how, and alone or not where the source says."""

    seen_on = models.DateField()
    by = models.TextField(blank=True)
    how = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    PRIVACY = privacy(identifying="by", sensitive="seen_on how detail", plain=FACT_PLAIN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "feed", "key"], condition=CURRENT, name="sighting_current_once"
            )
        ]


class Observation(Fact):
    """A dated measure of a child: attendance percent, sessions suspended, clinical status, NEET risk score."""

    measure = models.CharField(max_length=40)
    on = models.DateField(null=True)
    until = models.DateField(null=True)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    text = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    PRIVACY = privacy(sensitive="measure on until value text detail", plain=FACT_PLAIN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "feed", "measure", "key"],
                condition=CURRENT,
                name="observation_current_once",
            )
        ]


class PlannedFact(FactFields):
    """What committing an extract would do to one fact: ``new_id`` opens a version, ``current_id`` closes one."""

    class Action(models.TextChoices):
        OPEN = "open", "Not known before"
        CHANGE = "change", "Known, now different"
        END = "end", "Was open, now ended"

    extract_id = models.BigIntegerField()
    record_id = models.BigIntegerField()
    kind = models.CharField(max_length=1, choices=FactKind)
    action = models.CharField(max_length=8, choices=Action)
    current_id = models.BigIntegerField(null=True)
    new_id = models.BigIntegerField()
    row_no = models.PositiveIntegerField(default=0)
    end_inferred = models.BooleanField(default=False)
    setting_id = models.BigIntegerField(null=True)
    worker_id = models.BigIntegerField(null=True)

    PRIVACY = privacy(
        identifying=FactFields.FACT_PRIVACY["identifying"] + " worker_id",
        sensitive=FactFields.FACT_PRIVACY["sensitive"] + " setting_id",
        plain=FactFields.FACT_PRIVACY["plain"]
        + " extract_id record_id kind action current_id new_id row_no end_inferred",
    )

    class Meta:
        indexes = [models.Index(fields=["extract_id", "record_id"], name="planned_fact_record")]
