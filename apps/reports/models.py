from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from apps.children.models import Child
from apps.core.privacy import privacy
from apps.involvements.catalogue import SERVICES


class Report(models.Model):
    """One week in figures, frozen: what stood at its end, as known then, with what it was held against."""

    week = models.DateField(unique=True, help_text="Its Monday")
    as_at = models.DateTimeField(help_text="The figures are of what was known at this moment")
    frozen_at = models.DateTimeField()
    frozen_by = models.BigIntegerField(null=True)
    basis = models.JSONField(
        encoder=DjangoJSONEncoder,
        help_text="{begun, scheme, standards, people, feeds}: what the figures were worked out with",
    )
    figures = models.JSONField(help_text="Of each figure, by part: how many")
    restricted = models.JSONField(
        null=True,
        default=dict,
        help_text="Of the figures, by part: how many of them no borough-wide reader reaches; empty where it was not counted",
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the figures as written out")

    PRIVACY = privacy(sensitive="restricted", plain="week as_at frozen_at frozen_by basis figures digest")

    class Meta:
        ordering = ["-week"]


class FromWeek(models.Model):
    """Something that reports are held against from a week on; a report keeps what held when it was frozen."""

    from_week = models.DateField(help_text="Monday of the first week it holds for")
    source = models.CharField(max_length=200, help_text="Where it is written, so that others can check it")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A week begins on a Monday."""
        if self.from_week and self.from_week.weekday():
            raise ValidationError({"from_week": "Give a Monday."})


class Population(FromWeek):
    """How many children live in the borough, by a published estimate: what "per 10,000 children" is counted against."""

    people = models.PositiveIntegerField(
        "children", help_text="Children aged 0 to 17 who live in the borough"
    )

    PRIVACY = privacy(plain="from_week source people")

    class Meta:
        ordering = ["-from_week"]
        verbose_name_plural = "population"
        constraints = [
            models.UniqueConstraint(fields=["from_week"], name="population_once"),
            models.CheckConstraint(condition=models.Q(people__gt=0), name="population_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.people:,} children"


class SeenStandard(FromWeek):
    """Within how many days children of a band are to be seen, by the borough's own practice standards."""

    band = models.CharField(max_length=20, help_text="Code of the band, as its rating scheme has it")
    days = models.PositiveSmallIntegerField(help_text="Seen at least every so many days")

    PRIVACY = privacy(plain="from_week source band days")

    class Meta:
        ordering = ["-from_week", "band"]
        constraints = [models.UniqueConstraint(fields=["from_week", "band"], name="seen_standard_once")]

    def __str__(self) -> str:
        return f"{self.band}: every {self.days} days"


class Pseudonym(models.Model):
    """By which the reporting schema names a child: a keyed hash, whose key is kept outside the database."""

    child = models.OneToOneField(Child, primary_key=True, on_delete=models.CASCADE, related_name="+")
    pseudonym = models.CharField(max_length=64, unique=True)
    key_mark = models.CharField(max_length=12, help_text="Tells keys apart without giving one away")

    PRIVACY = privacy(identifying="pseudonym", plain="child key_mark")


class Capacity(FromWeek):
    """With how many children a team can work at once, in the borough or in one sector, and what that costs where it is known."""

    service = models.CharField(
        max_length=40,
        choices=[(code, service.name) for code, service in SERVICES.items() if not service.enrolment],
    )
    team = models.CharField(max_length=80, help_text="As the service calls it")
    area = models.CharField(
        max_length=8, blank=True, help_text="Postcode sector, as in “TS18 1”; empty: the whole borough"
    )
    places = models.PositiveIntegerField(help_text="Children at once")
    cost = models.PositiveIntegerField(
        "cost a year", null=True, blank=True, help_text="In pounds; may stay empty"
    )

    PRIVACY = privacy(plain="from_week source service team area places cost")

    class Meta:
        ordering = ["service", "team", "-from_week"]
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(fields=["from_week", "service", "team", "area"], name="capacity_once")
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.places}"
