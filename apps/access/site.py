"""The administration: behind the service's own sign-in and one permission, with no child's data in it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from apps.access.queries import may
from apps.access.views import needs
from apps.audit.actions import record

PERMISSION = "admin.use"


class Site(admin.AdminSite):
    """Every page of it needs ``admin.use``; Django's staff and superuser flags open nothing."""

    site_header = site_title = "Vulnerable Children Database: administration"
    index_title = "Users, agencies, agreements and feeds"
    enable_nav_sidebar = False  # its room is the tables'

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person holds the one permission."""
        return may(request.user, PERMISSION)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Put each page behind the gate every other page stands behind."""
        return needs(PERMISSION)(super().admin_view(view, cacheable))

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take up this service's own pages only: those of libraries know nothing of roles."""
        if admin_class and issubclass(admin_class, ByRole):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[Any]:
        """Without the address that opens any object of any model by number."""
        return [address for address in super().get_urls() if getattr(address, "name", "") != "view_on_site"]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]
        """There is one sign-in."""
        return redirect_to_login(reverse("admin:index"))


class ByRole(admin.ModelAdmin):
    """A page of the administration: opened by role, audited, and nothing is ever deleted from it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """By role."""
        return may(request.user, PERMISSION)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By role."""
        return may(request.user, PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By role."""
        return may(request.user, PERMISSION)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By role."""
        return may(request.user, PERMISSION)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what ended has an end date."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save and record which fields were touched and what they give, in one transaction."""
        super().save_model(request, obj, form, change)
        kind = "admin.changed" if change else "admin.added"
        record(
            kind,
            by=request.user,
            subject=f"{obj._meta.label_lower}:{obj.pk}",
            detail={"fields": form.changed_data, "values": plain_values(obj, form.changed_data)},
        )


def plain_values(obj: Any, names: Iterable[str]) -> dict[str, Any]:
    """What was set in fields that say nothing of a person, by the classes of ``PRIVACY``: a role, an agreement's terms, a date."""
    told = [name for name in names if obj.PRIVACY.get(name) == "plain" and name != "password"]
    return {name: getattr(obj, obj._meta.get_field(name).attname) for name in told}
