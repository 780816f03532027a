from django.contrib import admin

from apps.access.site import ByRole
from apps.lists.models import Asking, Term


@admin.register(Term)
class TermAdmin(ByRole):
    """When schools are open: no list is drafted for a week in which a setting is closed all week."""

    list_display = ("name", "setting", "first_day", "last_day")
    list_select_related = ("setting",)
    search_fields = ("name", "setting__name")
    autocomplete_fields = ("setting",)


@admin.register(Asking)
class AskingAdmin(ByRole):
    """About whom settings are asked to return something, from which week on."""

    list_display = ("from_week", "who")
