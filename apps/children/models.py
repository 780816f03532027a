import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Left

from apps.agencies.models import Agency
from apps.children.policy import ChildPolicy
from apps.core.privacy import privacy
from apps.extracts.models import AddressFields, Feed, NameFields


class ChildQuerySet(models.QuerySet["Child"]):
    """Sentences about children."""

    def visible_to(self, user: Any) -> Self:
        """Those the person reaches."""
        return self.filter(ChildPolicy.visible(user))


class Child(models.Model):
    """One real child. Names and identifiers are chosen from the agencies' records; ``sources`` says where each came from."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    surname = models.TextField(blank=True)
    forename = models.TextField(blank=True)
    middle_names = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    dob = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=10, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=20, blank=True)
    died_on = models.DateField(null=True)
    left_area_on = models.DateField(null=True)
    surname_key = models.TextField(blank=True)
    forename_key = models.TextField(blank=True)
    sources = models.JSONField(default=dict, help_text="Field name to [record version id, feed code]")
    provisional = models.BooleanField(default=False)
    provisional_because = models.CharField(max_length=40, blank=True, help_text="nameless or question")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    withdrawn = models.BooleanField(
        default=False,
        db_default=False,
        help_text="No record is its own any more: the file that brought it was undone",
    )
    restricted = models.BooleanField(
        default=False, help_text="Cached: a Restriction hides the child from whole-borough reach"
    )
    address_hidden = models.BooleanField(default=False, help_text="Cached: a Restriction hides every address")
    reach = ArrayField(
        models.IntegerField(),
        default=list,
        help_text="Agencies that hold a current record or have the child on roll",
    )
    setting = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pupils",
        help_text="Cached: main setting",
    )
    year_group = models.CharField(max_length=4, blank=True, help_text="Cached from the main enrolment")

    objects = ChildQuerySet.as_manager()

    PRIVACY = privacy(
        identifying="public_id surname forename middle_names known_as dob nhs_number upn surname_key forename_key",
        sensitive="sex ethnicity died_on left_area_on restricted address_hidden reach setting year_group",
        plain="sources provisional provisional_because merged_into withdrawn",
    )

    class Meta:
        verbose_name_plural = "children"
        indexes = [
            models.Index(
                fields=["surname_key", "forename_key"],
                opclasses=["text_pattern_ops", "text_pattern_ops"],
                name="child_name",
            ),
            models.Index(fields=["dob", "surname_key"], name="child_dob"),
            models.Index(fields=["nhs_number"], condition=~Q(nhs_number=""), name="child_nhs"),
            models.Index(fields=["upn"], condition=~Q(upn=""), name="child_upn"),
            models.Index(fields=["setting"], name="child_setting"),
        ]

    @property
    def full_name(self) -> str:
        """Surname in capitals, then forename, as case systems show it; says so where no name is known."""
        if not self.surname and not self.forename:
            return "Name not known"
        return ", ".join(part for part in (self.surname.upper(), self.forename) if part)


#: Which record a version or address is of, and by which extract: kept in the indexes that the linker looks along.
SAID = ["record", "extract_id"]
NAMED = ["forename_key", "surname_key", *SAID]


class SourceRecord(models.Model):
    """One id scheme's record of a child; every fact hangs here, and ``child`` caches the current link."""

    id_scheme = models.CharField(max_length=40)
    local_id = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="records")
    loose = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Its link was undone: should it come back, it is matched anew",
    )

    PRIVACY = privacy(identifying="local_id", sensitive="agency", plain="id_scheme child loose")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id_scheme", "local_id"], name="record_once")]
        # a handful at most: the linker leaves them out wherever it looks
        indexes = [models.Index(fields=["id"], condition=Q(loose=True), name="record_loose")]


class RecordVersion(NameFields):
    """What one feed says of who a record is, from when it was recorded until it said otherwise."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="versions")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    bundle_hash = models.UUIDField(
        help_text="Of all rows behind this version: unchanged rows are not read again"
    )
    extract_id = models.BigIntegerField()
    row_no = models.PositiveIntegerField()
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    PRIVACY = privacy(
        identifying=NameFields.IDENTIFYING,
        sensitive=NameFields.SENSITIVE,
        plain="record feed bundle_hash extract_id row_no recorded_from recorded_to",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "feed"], condition=Q(recorded_to__isnull=True), name="version_current_once"
            )
        ]
        indexes = [
            models.Index(fields=["feed"], condition=Q(recorded_to__isnull=True), name="version_feed"),
            # earlier words too: a child is found by what an agency once said; the linker need not open the version for it
            models.Index(
                fields=["nhs_number"], include=SAID, condition=~Q(nhs_number=""), name="version_nhs"
            ),
            models.Index(fields=["upn"], include=SAID, condition=~Q(upn=""), name="version_upn"),
            models.Index(fields=["former_upn"], condition=~Q(former_upn=""), name="version_former_upn"),
            models.Index(
                fields=["uln"], condition=Q(recorded_to__isnull=True) & ~Q(uln=""), name="version_uln"
            ),
            models.Index(fields=["dob", "surname_key", "forename_key"], include=SAID, name="version_dob"),
            models.Index(fields=["surname_key", "forename_key"], include=["dob", *SAID], name="version_name"),
            models.Index("dob", Left("forename_key", 1), include=NAMED, name="version_initial"),
            models.Index(fields=["dob"], condition=Q(unborn=True), name="version_unborn"),
            models.Index(fields=["dob"], condition=~Q(former_surname=""), name="version_former"),
            models.Index(fields=["dob"], condition=Q(surname_key__contains=" "), name="version_double"),
        ]


class RecordAddress(AddressFields):
    """An address one feed gives for a record: a row of its own, because its policy is its own."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="addresses")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    extract_id = models.BigIntegerField()
    row_no = models.PositiveIntegerField()
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    PRIVACY = privacy(
        identifying=AddressFields.WHERE,
        plain="record feed extract_id row_no recorded_from recorded_to",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "feed"], condition=Q(recorded_to__isnull=True), name="address_current_once"
            )
        ]
        indexes = [
            # earlier addresses too: people are looked for where they used to live
            models.Index(
                fields=["postcode_key"],
                include=[*SAID, "recorded_to"],
                condition=~Q(postcode_key=""),
                name="address_postcode",
            ),
            models.Index(
                fields=["address_key"],
                include=["postcode_key", *SAID, "recorded_to"],
                condition=~Q(address_key=""),
                name="address_whole",
            ),
            # by parts, of those that no postcode places
            GinIndex(
                Func("address_key", function="vcdb_address_ends"),
                condition=Q(postcode_key="", address_key__contains=" "),
                name="address_ends",
            ),
        ]


class SurnameKey(models.Model):
    """Every surname in use, once: misspellings are looked for here, because trigrams over children are slow under row-level security."""

    key = models.TextField(unique=True)
    sounds = models.TextField(db_index=True, help_text="Double metaphone of the key")

    PRIVACY = privacy(identifying="key sounds")


class Restriction(models.Model):
    """Hides a child from whole-borough reach, or every address of the child, until it is lifted."""

    class Hides(models.TextChoices):
        CHILD = "child", "The child and every address"
        ADDRESS = "address", "Every address"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="restrictions")
    hides = models.CharField(max_length=8, choices=Hides)
    reason = models.TextField()
    feed = models.ForeignKey(
        Feed, null=True, blank=True, on_delete=models.PROTECT, help_text="Where a source asked for it"
    )
    placed_by = models.BigIntegerField(null=True)
    placed_at = models.DateTimeField()
    lifted_by = models.BigIntegerField(null=True)
    lifted_at = models.DateTimeField(null=True)

    PRIVACY = privacy(sensitive="hides reason", plain="child feed placed_by placed_at lifted_by lifted_at")


class FieldQuestion(models.Model):
    """Two agencies say different things of one field of a child, and policy is to ask a person; once for each pair of values."""

    class Answer(models.TextChoices):
        KEEP = "keep", "Keep what stands"
        TAKE = "take", "Take what is offered"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="field_questions")
    field = models.CharField(max_length=12)
    kept_version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="+")
    offered_version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="Answered, or the conflict has gone")
    answer = models.CharField(max_length=4, choices=Answer, blank=True)
    answered_by = models.BigIntegerField(null=True)

    PRIVACY = privacy(plain="child field kept_version offered_version opened_at closed_at answer answered_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "field", "kept_version", "offered_version"],
                condition=Q(closed_at=None),
                name="field_question_open_once",
            )
        ]


class Stale(models.Model):
    """A child whose rating no longer rests on what is known; ragp sweeps it. A side table: marking 100,000 rows stays cheap."""

    child = models.OneToOneField(Child, primary_key=True, on_delete=models.CASCADE, related_name="stale")
    since = models.DateTimeField()

    PRIVACY = privacy(plain="child since")


class PlannedRecord(models.Model):
    """What committing an extract would do to one record: ids are allocated here, so that the plan is whole before commit."""

    class Action(models.TextChoices):
        NEW = "new", "A record not seen before"
        CHANGED = "changed", "Known, sent differently"
        GONE = "gone", "No longer in a full extract"
        AGAIN = "again", "Of another extract: looked at once more because of this one"

    class Match(models.TextChoices):
        KEPT = "kept", "Stays with its child"
        LINKED = "linked", "Linked to a child by a pass"
        NEW = "new", "A new child"
        QUESTION = "question", "A provisional child beside a question"
        NAMELESS = "nameless", "A provisional child without a name"
        DOUBT = "doubt", "Stays with its child beside a question: a person decided about the child"

    extract_id = models.BigIntegerField()
    local_id = models.TextField()
    action = models.CharField(max_length=8, choices=Action)
    record_id = models.BigIntegerField()
    child_id = models.BigIntegerField(null=True)
    old_child_id = models.BigIntegerField(null=True, help_text="The child this record leaves")
    match = models.CharField(max_length=8, choices=Match, blank=True)
    rule = models.CharField(max_length=40, blank=True)
    candidates = ArrayField(models.BigIntegerField(), default=list)
    evidence = models.JSONField(
        null=True, help_text="total and weights by field in bits, runner_up and margin, and by_candidate"
    )

    PRIVACY = privacy(
        identifying="local_id",
        sensitive="evidence",
        plain="extract_id action record_id child_id old_child_id match rule candidates",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["extract_id", "local_id"], name="planned_record_once")]


# families names the models above by their labels: it is a file of its own, loaded with them
from apps.children.families import FamilyStatement, Relationship  # noqa: E402, F401
