from django.db import models
from django.db.models import Q

from apps.agencies.models import Agency
from apps.core.privacy import privacy
from apps.lists.models.weekly import WeeklyList


class Basis(models.Model):
    """What a list tells of whose: its people open it as long as agreements share as much with the setting."""

    class Level(models.TextChoices):
        EXISTENCE = "existence", "That a child is known to a service"
        CONTENT = "content", "Also who works with it"
        RATING = "rating", "The rating"

    list = models.ForeignKey(WeeklyList, on_delete=models.CASCADE, related_name="rests_on")
    provider = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="Nobody's for the rating"
    )
    service = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=10, choices=Level)

    PRIVACY = privacy(plain="list provider service level")

    class Meta:
        verbose_name_plural = "bases"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "provider", "service"], nulls_distinct=False, name="list_basis_once"
            ),
            models.CheckConstraint(
                condition=Q(level="rating", provider=None, service="")
                | Q(level__in=["existence", "content"], provider__isnull=False),
                name="list_basis_whose",
            ),
        ]
