"""A child who has another identity now: the one link between the two, which only people named on it may see."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.privacy import privacy


class SealedLink(models.Model):
    """An old identity and a new one: proposed by one keeper, confirmed by another, then seen by nobody but those named."""

    class Kind(models.TextChoices):
        ADOPTION = "adoption", "Adoption"
        PROTECTION = "protection", "Witness protection"

    former = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="sealed_as_former")
    present = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="sealed_as_present")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    named = ArrayField(models.BigIntegerField(), help_text="User ids of those who will see it")
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True, help_text="From then on no keeper sees it who is not named")

    PRIVACY = privacy(
        sensitive="former present kind reason",
        plain="named proposed_by proposed_at confirmed_by confirmed_at sealed_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(former=F("present")), name="sealed_link_of_two"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="sealed_link_second_person",
            ),
        ]
