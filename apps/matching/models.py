from django.db import models
from django.db.models import Q

from apps.children.models import Child, SourceRecord
from apps.core.privacy import privacy


class Decision(models.Model):
    """Why a record belongs to a child: the pass or the person that said so."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="decisions")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, help_text="linked, new, question or nameless")
    rule = models.CharField(max_length=40, blank=True)
    extract_id = models.BigIntegerField(null=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    model = models.CharField(
        max_length=20, blank=True, db_default="", help_text="Version of the linkage model"
    )
    evidence = models.JSONField(
        null=True, help_text="total and weights by field in bits; runner_up (a child's id) and margin"
    )

    PRIVACY = privacy(sensitive="evidence", plain="record child outcome rule extract_id by at model")


class LinkVersion(models.Model):
    """Which child a record belonged to, from when until when it was known."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="links")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="links")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="links")
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    PRIVACY = privacy(plain="record child decision recorded_from recorded_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(recorded_to__isnull=True), name="link_current_once"
            )
        ]


class Question(models.Model):
    """A record that may be the same child as others: asked of a person, beside a provisional child."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="questions")
    child = models.ForeignKey(
        Child, on_delete=models.PROTECT, related_name="questions", help_text="The provisional child"
    )
    rule = models.CharField(max_length=40)
    extract_id = models.BigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    stake = models.SmallIntegerField(
        default=0, db_default=0, help_text="What hangs on the answer; the highest is asked first"
    )
    claimed_by = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    asked_agency_at = models.DateTimeField(
        null=True, help_text="When a person could not tell and the sending agency was asked"
    )
    answer = models.CharField(
        max_length=10,
        blank=True,
        db_default="",
        help_text="same, different or new; empty where a later record settled it",
    )
    answered_by = models.BigIntegerField(null=True)

    PRIVACY = privacy(
        plain="record child rule extract_id opened_at closed_at stake claimed_by claimed_at asked_agency_at answer answered_by"
    )


class Candidate(models.Model):
    """A child the record in question may be the same as."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="candidates")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="candidacies")
    evidence = models.JSONField(null=True, help_text="rule; total and weights by field in bits")

    PRIVACY = privacy(sensitive="evidence", plain="question child")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "child"], name="candidate_once")]


class Apart(models.Model):
    """Two records that a person said are two children: no pass links them, or their children, until a person says otherwise."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="apart_from")
    other = models.ForeignKey(
        SourceRecord,
        on_delete=models.PROTECT,
        related_name="apart_of",
        help_text="The one with the higher id",
    )
    reason = models.TextField(blank=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()
    lifted_by = models.BigIntegerField(null=True)
    lifted_at = models.DateTimeField(null=True)
    sealed = models.BooleanField(
        default=False, db_default=False, help_text="Stands for a sealed link: shown to nobody, or the two would be known by it"
    )

    PRIVACY = privacy(sensitive="reason sealed", plain="record other by at lifted_by lifted_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "other"], condition=Q(lifted_at__isnull=True), name="apart_once"
            ),
            models.CheckConstraint(condition=Q(record__lt=models.F("other")), name="apart_in_order"),
        ]


# a file of its own, loaded with the models above
from apps.matching.sealed import SealedLink  # noqa: E402, F401
