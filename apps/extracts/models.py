from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Feed(models.Model):
    """One agency's regular extract: its layout, whose ids it uses, and whether each file is the full picture."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="feeds")
    layout = models.CharField(max_length=40)
    id_scheme = models.CharField(
        max_length=40, help_text="Local ids are unique within a scheme, not within an agency"
    )
    services = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_full = models.BooleanField(
        default=True, help_text="Each file lists everyone: who is missing from it has ended"
    )
    priority = models.PositiveSmallIntegerField(
        default=50, help_text="Whose words win for a child's fields: lowest first"
    )
    max_ended_percent = models.PositiveSmallIntegerField(
        default=10, help_text="A file that would end more of the open involvements is held"
    )
    max_fewer_percent = models.PositiveSmallIntegerField(
        default=20, help_text="A full file with so many fewer rows than the last one is held"
    )
    every_days = models.PositiveSmallIntegerField(default=7)
    expected_weekday = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=Weekday, help_text="The day its file is expected, where it has one"
    )
    keep_rows_days = models.PositiveSmallIntegerField(
        default=90, help_text="Rows are kept so long after a commit; undo is offered as long"
    )
    keep_files_days = models.PositiveSmallIntegerField(
        default=30, help_text="The files themselves are kept so long after they arrived"
    )
    survivorship = models.JSONField(
        default=dict,
        blank=True,
        help_text="Field of the child to always, empty, ask or never; where not named: ask for birth date and NHS number, else always",
    )
    active = models.BooleanField(default=True)

    PRIVACY = privacy(
        plain="code title agency layout id_scheme services is_full priority max_ended_percent max_fewer_percent every_days"
        " expected_weekday keep_rows_days keep_files_days survivorship active"
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Mapping(models.Model):
    """One version of how a feed's columns are read: saved, never edited; a change is the next version."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="mappings")
    version = models.PositiveSmallIntegerField()
    spec = models.JSONField(
        help_text="Columns with their field, date form and meanings of values; service and measure for every row"
    )
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.BigIntegerField(null=True)

    PRIVACY = privacy(plain="feed version spec saved_at saved_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "version"], name="mapping_version_once")]
        ordering = ["feed", "-version"]

    def __str__(self) -> str:
        return f"{self.feed} {self.version}"


class LearntValue(models.Model):
    """What somebody said a value of a feed's column means: asked once, offered with every later version."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="learnt_values")
    heading = models.CharField(max_length=200, help_text="The column, as headings are compared")
    value = models.CharField(max_length=300, help_text="As the value maps compare it")
    meaning = models.CharField(max_length=200, help_text="A category or code; '=' keeps the text as it is")
    learnt_at = models.DateTimeField(auto_now=True)
    learnt_by = models.BigIntegerField(null=True)

    PRIVACY = privacy(plain="feed heading value meaning learnt_at learnt_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "heading", "value"], name="learnt_value_once")]


class State(models.TextChoices):
    RECEIVED = "received", "Received"
    STAGED = "staged", "Staged"
    PREVIEWED = "previewed", "Previewed"
    HELD = "held", "Held for a person"
    COMMITTED = "committed", "Committed"
    REFUSED = "refused", "Refused"
    CANCELLED = "cancelled", "Cancelled"
    UNDONE = "undone", "Undone"


class Via(models.TextChoices):
    PAGE = "page", "Uploaded in the page"
    API = "api", "Sent to the API"
    INBOX = "inbox", "Left in the watched folder"
    COMMAND = "command", "Loaded by command"


class Extract(models.Model):
    """One delivery of a feed: one or more files, as of a date, and what became of it."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="extracts")
    as_of = models.DateField()
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(
        default=list, help_text="Stored name, original name and size in bytes of each file"
    )
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    reason = models.TextField(blank=True, help_text="One sentence for a held or refused extract")
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.BigIntegerField(null=True, blank=True)
    committed_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was first committed: its place among the feed's extracts"
    )
    applied_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The moment its current versions bear: later than the commit after a replay",
    )
    judged_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its links were worked out once more because another feed's file was taken out or put back",
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(
        null=True, blank=True, help_text="What is known at this moment its plan stands on"
    )
    via = models.CharField(max_length=10, choices=Via, default=Via.PAGE, help_text="How it came in")
    delivery = models.CharField(
        max_length=80,
        null=True,
        blank=True,
        unique=True,
        help_text="What was sent: tried again, it is no second extract",
    )
    mapping = models.ForeignKey(
        Mapping, null=True, blank=True, on_delete=models.PROTECT, help_text="The version it was read with"
    )
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections",
        help_text="The extract whose rejected rows it brings again: it adds and changes, and ends nothing",
    )  # fmt: skip
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    counts = models.JSONField(
        default=dict, help_text="Records, involvements, sightings, observations, ratings changed"
    )

    PRIVACY = privacy(
        plain="feed as_of sha256 files state reason received_at received_by committed_at applied_at judged_at undone_at planned_at"
        " via delivery mapping corrects rows accepted rejected counts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "sha256", "as_of"], condition=Q(state="committed"), name="extract_file_once"
            )
        ]
        indexes = [models.Index(fields=["feed", "-committed_at"])]

    @property
    def is_full(self) -> bool:
        """Whether what is not in it has ended."""
        return self.feed.is_full and self.corrects_id is None


class Row(models.Model):
    """A staged row as it arrived, never edited; partitioned by extract so that purging one is instant."""

    pk = models.CompositePrimaryKey("extract_id", "module", "row_no")
    extract_id = models.BigIntegerField()
    module = models.CharField(max_length=40, help_text="Which file or table of the set")
    row_no = models.PositiveIntegerField(help_text="As the spreadsheet shows it")
    local_id = models.TextField()
    hash = models.UUIDField(help_text="md5 of the row's values")
    data = models.JSONField(help_text="Field name to text as it arrived")

    PRIVACY = privacy(identifying="local_id data", plain="extract_id module row_no hash")

    class Meta:
        managed = False
        db_table = "extracts_row"


class Severity(models.TextChoices):
    ERROR = "error", "The row was not used"
    WARNING = "warning", "Used, please check"


class Finding(models.Model):
    """Something wrong with a row or the file: a code, the row number the spreadsheet shows, the column and the remedy."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="findings")
    module = models.CharField(max_length=40, blank=True)
    row_no = models.PositiveIntegerField(null=True)
    local_id = models.TextField(blank=True)
    row_hash = models.UUIDField(null=True)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    field = models.CharField(max_length=80, blank=True)
    message = models.TextField(help_text="Never repeats a person's data")

    PRIVACY = privacy(
        identifying="local_id", plain="extract module row_no row_hash code severity field message"
    )

    class Meta:
        indexes = [models.Index(fields=["extract", "code"])]


class NameFields(models.Model):
    """Who a child is, in one agency's words; keys are unaccented, lower case, hyphens as spaces, empty when unusable."""

    surname = models.TextField(blank=True)
    forename = models.TextField(blank=True)
    middle_names = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    former_surname = models.TextField(blank=True)
    dob = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=10, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=20, blank=True)
    former_upn = models.CharField(max_length=20, blank=True)
    uln = models.CharField(max_length=20, blank=True)
    died_on = models.DateField(null=True)
    left_area_on = models.DateField(null=True)
    surname_key = models.TextField(blank=True)
    forename_key = models.TextField(blank=True)
    mother = models.TextField(blank=True, db_default="", help_text="The mother's name as the source gives it")
    unborn = models.BooleanField(
        default=False, db_default=False, help_text="Not born yet: the birth date is the expected one"
    )

    IDENTIFYING = "surname forename middle_names known_as former_surname dob nhs_number upn former_upn uln surname_key forename_key mother"
    SENSITIVE = "sex ethnicity died_on left_area_on unborn"

    class Meta:
        abstract = True


class AddressFields(models.Model):
    """Where a child lives, in one agency's words; keys hold letters and figures only, empty when unusable."""

    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    address_key = models.TextField(blank=True)
    postcode_key = models.CharField(max_length=8, blank=True)

    WHERE = "address postcode address_key postcode_key"

    class Meta:
        abstract = True


#: The identity columns in the order every COPY and INSERT uses; addresses travel beside them (see children.RecordAddress).
NAME_COLUMNS = (
    "surname", "forename", "middle_names", "known_as", "former_surname", "dob", "sex", "ethnicity", "nhs_number", "upn",
    "former_upn", "uln", "died_on", "left_area_on", "surname_key", "forename_key", "mother", "unborn",
)  # fmt: skip
ADDRESS_COLUMNS = ("address", "postcode", "address_key", "postcode_key")


class StagedPerson(NameFields, AddressFields):
    """One bundle (all rows of a local id) of an extract, interpreted; ``kept`` where a rejected row forbids closing facts."""

    # No constraint and no index of its own: both would be paid for by every row of every COPY.
    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    local_id = models.TextField()
    bundle_hash = models.UUIDField()
    module = models.CharField(max_length=40)
    row_no = models.PositiveIntegerField()
    kept = models.BooleanField(default=False)
    restricted = models.BooleanField(
        default=False, help_text="The source says the address or record must be hidden"
    )

    PRIVACY = privacy(
        identifying=f"{NameFields.IDENTIFYING} {AddressFields.WHERE} local_id",
        sensitive=f"{NameFields.SENSITIVE} restricted",
        plain="extract bundle_hash module row_no kept",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["extract", "local_id"], name="staged_person_once")]


class FactKind(models.TextChoices):
    INVOLVEMENT = "I", "Involvement"
    SIGHTING = "S", "Sighting"
    OBSERVATION = "O", "Observation"


class FactFields(models.Model):
    """A dated fact in one shape for the three kinds: what it is about, when, and its content."""

    code = models.CharField(
        max_length=40, help_text="Service code, or measure code of an observation, or 'seen'"
    )
    key = models.TextField(
        help_text="Tells facts of one code on one record apart, stable from extract to extract"
    )
    start_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    text = models.TextField(blank=True, help_text="Observation: words. Sighting: by whom")
    setting_ref = models.TextField(blank=True, help_text="The source's code for the setting")
    worker_ref = models.TextField(blank=True, help_text="The source's id of the worker")
    category = models.TextField(
        blank=True, help_text="Plan category, legal status, sighting method, enrolment status"
    )
    detail = models.JSONField(default=dict, help_text="Further content, shared at content level only")

    FACT_PRIVACY = {
        "identifying": "worker_ref",
        "sensitive": "code start_on end_on value text setting_ref category detail",
        "plain": "key",
    }

    class Meta:
        abstract = True


class StagedFact(FactFields):
    """One fact of an extract as its layout read it, before it is compared with what is known."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, db_constraint=False, db_index=False)
    local_id = models.TextField()
    module = models.CharField(max_length=40)
    row_no = models.PositiveIntegerField()
    kind = models.CharField(max_length=1, choices=FactKind)

    PRIVACY = privacy(
        identifying=FactFields.FACT_PRIVACY["identifying"] + " local_id",
        sensitive=FactFields.FACT_PRIVACY["sensitive"],
        plain=FactFields.FACT_PRIVACY["plain"] + " extract module row_no kind",
    )

    class Meta:
        indexes = [models.Index(fields=["extract", "local_id"])]
