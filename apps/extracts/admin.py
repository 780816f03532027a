from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.access.site import ByRole
from apps.extracts.models import Feed


@admin.register(Feed)
class FeedAdmin(ByRole):
    """Whose file a feed is and how it is read."""

    list_display = ("code", "title", "agency", "layout", "is_full", "every_days", "active")
    list_filter = ("active",)
    list_select_related = ("agency",)
    search_fields = ("code", "title")
    autocomplete_fields = ("agency",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Records hang on the scheme of their ids: it never changes."""
        return ("code", "id_scheme") if obj else ()
