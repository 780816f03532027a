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

    PRIVACY = privacy(plain="record child outcome rule extract_id by at")


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

    PRIVACY = privacy(plain="record child rule extract_id opened_at closed_at")


class Candidate(models.Model):
    """A child the record in question may be the same as."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="candidates")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="candidacies")

    PRIVACY = privacy(plain="question child")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "child"], name="candidate_once")]
