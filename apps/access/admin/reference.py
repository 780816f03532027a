from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX

from apps.access.site import ByRole
from apps.accounts.models import User
from apps.agencies.actions import check_can_agree
from apps.agencies.models import Agency, SettingAlias, SettingLink, SharingAgreement
from apps.agencies.resources import EstablishmentResource
from apps.audit.actions import record
from apps.people.models import Professional


class Phases(admin.AllValuesFieldListFilter):
    """The phases there are, with a word for having none: a link must have a name."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """As the register has them."""
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or "none"}


class LinkInline(admin.TabularInline):
    """Predecessors and successors, as the register gives them."""

    model = SettingLink
    extra = 0
    can_delete = False
    readonly_fields = ("linked_urn", "link_type", "established_on")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They come with the register."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the setting."""
        return True


@admin.register(Agency)
class AgencyAdmin(ImportExportMixin, ByRole):  # type: ignore[misc]
    """Services, settings and trusts; settings also from a register download."""

    resource_classes = [EstablishmentResource]
    from_encoding = "cp1252"  # as the register is downloaded
    formats = [CSV, XLSX]
    list_display = ("name", "kind", "phase", "urn", "laestab", "opened_on", "closed_on")
    list_filter = ("kind", ("phase", Phases))
    search_fields = ("name", "urn", "laestab", "code")
    autocomplete_fields = ("trust",)
    inlines = [LinkInline]

    def process_result(self, result: Any, request: HttpRequest) -> Any:
        """Record the import in the same transaction, or say that there was none."""
        if result.has_errors():
            self.message_user(
                request, "Nothing was imported: the file could not be saved as previewed.", messages.ERROR
            )
            return redirect("admin:agencies_agency_changelist")
        record("agencies.import", by=request.user, detail={"file": "administration", **result.totals})
        return super().process_result(result, request)


@admin.register(SharingAgreement)
class SharingAgreementAdmin(ByRole):
    """Who sees what of whose services, until when."""

    list_display = (
        "provider",
        "recipient",
        "recipient_kind",
        "services",
        "level",
        "valid_from",
        "valid_until",
    )
    list_filter = ("level", "recipient_kind")
    list_select_related = ("provider", "recipient")
    search_fields = ("provider__name", "recipient__name", "reference")
    autocomplete_fields = ("provider", "recipient")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """As the action checks it."""
        check_can_agree(obj.services, obj.level, obj.recipient, obj.recipient_kind)
        super().save_model(request, obj, form, change)


@admin.register(SettingAlias)
class SettingAliasAdmin(ByRole):
    """What a code in a file means."""

    list_display = ("scheme", "code", "setting", "answered_at")
    list_filter = ("scheme",)
    search_fields = ("code", "setting__name")
    autocomplete_fields = ("setting",)
    readonly_fields = ("scheme", "code", "first_seen_extract", "answered_by", "answered_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Codes come with files."""
        return False


class ProfessionalForm(forms.ModelForm):
    """A worker of the directory, whose children their user reaches: nobody says of themselves which worker they are."""

    by: User  # set for each request

    def clean(self) -> dict[str, Any]:
        """Refuse one's own entry, and one that would become it."""
        given = super().clean() or {}
        if self.by in (self.instance.user if self.instance.pk else None, given.get("user")):
            raise ValidationError("You cannot change which worker you are. Ask another administrator.")
        return given


@admin.register(Professional)
class ProfessionalAdmin(ByRole):
    """The directory, and which of them are users."""

    form = ProfessionalForm
    list_display = ("worker_id", "name", "team", "agency", "phone", "user", "left_on")
    list_filter = ("agency",)
    list_select_related = ("agency", "user")
    search_fields = ("worker_id", "name", "team")
    autocomplete_fields = ("agency", "user")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """The form knows who fills it in; it is made anew for each request."""
        form: Any = super().get_form(request, obj, change, **options)
        form.by = request.user
        return form
