from django.contrib import admin

from apps.access.site import ByRole
from apps.reports.models import Capacity, Population, SeenStandard


@admin.register(Population)
class PopulationAdmin(ByRole):
    """How many children live in the borough, from which week on, and who says so."""

    list_display = ("from_week", "people", "source")


@admin.register(SeenStandard)
class SeenStandardAdmin(ByRole):
    """How soon children of each band are to be seen."""

    list_display = ("from_week", "band", "days", "source")
    list_filter = ("band",)


@admin.register(Capacity)
class CapacityAdmin(ByRole):
    """With how many children each team can work at once."""

    list_display = ("team", "service", "area", "places", "cost", "from_week", "source")
    list_filter = ("service",)
