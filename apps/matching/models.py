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
    later_at = models.DateTimeField(null=True, help_text="Put to the end of the queue")
    act = models.ForeignKey(
        "Act",
        null=True,
        on_delete=models.PROTECT,
        related_name="closes",
        help_text="What closed it, which an undo opens again",
    )

    PRIVACY = privacy(
        plain="record child rule extract_id opened_at closed_at stake claimed_by claimed_at asked_agency_at answer answered_by"
        " later_at act"
    )


class Candidate(models.Model):
    """A child the record in question may be the same as."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="candidates")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="candidacies")
    evidence = models.JSONField(null=True, help_text="rule; total and weights by field in bits")
    ruled_out = models.ForeignKey(
        "Act",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where a person said it is another child",
    )
    outlook = models.JSONField(
        null=True,
        help_text="Bands now and after, were the two one child: {now, after, other, at}, and since when that holds",
    )

    PRIVACY = privacy(sensitive="evidence outlook", plain="question child ruled_out")

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
        default=False,
        db_default=False,
        help_text="Stands for a sealed link: shown to nobody, or the two would be known by it",
    )
    act = models.ForeignKey("Act", null=True, on_delete=models.PROTECT, related_name="sets_apart")
    lifted_act = models.ForeignKey("Act", null=True, on_delete=models.PROTECT, related_name="brings_together")

    PRIVACY = privacy(
        sensitive="reason sealed", plain="record other by at lifted_by lifted_at act lifted_act"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "other"], condition=Q(lifted_at__isnull=True), name="apart_once"
            ),
            models.CheckConstraint(condition=Q(record__lt=models.F("other")), name="apart_in_order"),
        ]


class Act(models.Model):
    """What a person did, or proposes, about who is who. One shape for all of it, so that there is one preview and one undo."""

    class Kind(models.TextChoices):
        SAME = "same", "Same child"
        DIFFERENT = "different", "Different children"
        NEW = "new", "A child not held yet"
        MERGE = "merge", "Two children made one"
        SPLIT = "split", "Records made a child of their own"
        MOVE = "move", "A record moved to another child"

    class State(models.TextChoices):
        DRAFTED = "drafted", "Being looked at"
        PROPOSED = "proposed", "Waits for a second person"
        APPROVED = "approved", "Being carried out"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State)
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="acts")
    child = models.ForeignKey(
        Child,
        on_delete=models.PROTECT,
        related_name="acts_leaving",
        help_text="The one whose records leave, or stay apart",
    )
    target = models.ForeignKey(
        Child,
        null=True,
        on_delete=models.PROTECT,
        related_name="acts_joining",
        help_text="The one they join, or are apart from",
    )
    reason = models.TextField(blank=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()
    second_by = models.BigIntegerField(null=True, help_text="Who approved or refused it")
    second_at = models.DateTimeField(null=True)
    second_reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.TextField(blank=True)
    preview = models.JSONField(null=True, help_text="The figures as they were shown to who decided")
    was = models.JSONField(default=dict, help_text="Why each child was provisional before it, for the undo")
    error = models.TextField(blank=True, help_text="Why it could not be carried out")

    PRIVACY = privacy(
        sensitive="reason second_reason undo_reason preview",
        plain="kind state question child target by at second_by second_at done_at undone_by undone_at was error",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["state"], condition=~Q(state__in=["done", "undone", "refused"]), name="act_under_way"
            )
        ]


class ActRecord(models.Model):
    """One record that an act is about: where it was, where it went, and by which link. Those that stayed are held by it too."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="records")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="acts")
    from_child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    to_child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(LinkVersion, null=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(LinkVersion, null=True, on_delete=models.PROTECT, related_name="+")
    kept = models.BooleanField(default=False, help_text="Left where it was by the undo: it had changed since")

    PRIVACY = privacy(plain="act record from_child to_child before link kept")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "record"], name="act_record_once")]


class SecondLook(models.Model):
    """An automatic link of a week's sample, or a decoy among them, looked at by a person who is not told what was decided."""

    week = models.DateField(help_text="Monday of the week")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="second_looks")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="second_looks")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="second_looks")
    decoy = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A near-miss that was told apart: it shows whether the look was one",
    )
    answer = models.CharField(max_length=10, blank=True, db_default="", help_text="same or different")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)

    PRIVACY = privacy(plain="week record child decision decoy answer by at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "record"], name="second_look_once")]


# a file of its own, loaded with the models above
from apps.matching.sealed import SealedLink  # noqa: E402, F401
