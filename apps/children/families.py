"""Who belongs to whom: what people say of a family, and the links worked out from that and from addresses. No identity here."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from apps.core.privacy import privacy


class Kind(models.TextChoices):
    TWIN = "twin", "Twin or multiple birth"
    SIBLING = "sibling", "Sibling"
    PARENT = "parent", "Parent or carer"
    ADDRESS = "address", "Same address"


class Confidence(models.TextChoices):
    STATED = "stated", "Stated by a person"
    LIKELY = "likely", "Likely: same surname or mother at the same address"
    POSSIBLE = "possible", "Possible: the same address alone"


class FamilyStatement(models.Model):
    """A person says that two children are related, or that they are not; what is worked out never overrules it."""

    child = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="said_of")
    other = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="said_beside")
    kind = models.CharField(
        max_length=8, choices=Kind, blank=True, help_text="What the child is to the other; empty: not related"
    )
    reason = models.TextField()
    by = models.BigIntegerField()
    at = models.DateTimeField()
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PRIVACY = privacy(sensitive="kind reason", plain="child other by at withdrawn_by withdrawn_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least(F("child"), F("other")),
                Greatest(F("child"), F("other")),
                condition=Q(withdrawn_at__isnull=True),
                name="family_statement_once",
            ),
            models.CheckConstraint(condition=~Q(child=F("other")), name="family_statement_of_two"),
        ]


class Relationship(models.Model):
    """One link between two children as known from a moment until another: why it is thought so, and how surely."""

    child = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="related")
    kind = models.CharField(max_length=8, choices=Kind, help_text="What the child is to the other")
    confidence = models.CharField(max_length=8, choices=Confidence)
    statement = models.ForeignKey(FamilyStatement, null=True, on_delete=models.PROTECT, related_name="links")
    address = models.ForeignKey(
        "children.RecordAddress", null=True, on_delete=models.PROTECT, related_name="+", help_text="The child's address it rests on"
    )  # fmt: skip
    other_address = models.ForeignKey(
        "children.RecordAddress",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The other's",
    )
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    PRIVACY = privacy(
        sensitive="kind confidence",
        plain="child other statement address other_address recorded_from recorded_to",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least(F("child"), F("other")),
                Greatest(F("child"), F("other")),
                condition=Q(recorded_to__isnull=True),
                name="relationship_current_once",
            )
        ]
