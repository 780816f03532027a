from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from apps.access import actions
from apps.access.models import Membership
from apps.access.roles import ROLES
from apps.access.site import ByRole
from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.errors import Refused


class MembershipForm(forms.ModelForm):
    """A role from the table, in an agency of a kind that has it; nobody gives themselves one that sees children."""

    by: User  # set for each request
    role = forms.ChoiceField(
        choices=[(role.code, f"{role.name}: {role.sentence}") for role in ROLES.values()]
    )

    class Meta:
        model = Membership
        fields = ("user", "agency", "role", "valid_from", "valid_until")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].disabled = bool(self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """The action's own refusal, before it is asked."""
        given = super().clean() or {}
        user = given.get("user") or (self.instance.pk and self.instance.user)
        if user == self.by and given.get("role") and ROLES[given["role"]].sees_children:
            raise ValidationError(
                "You cannot give yourself a role that sees children. Ask another administrator."
            )
        try:
            if given.get("role") and given.get("agency"):
                actions.check_can_hold(given["role"], given["agency"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return given


@admin.register(Membership)
class MembershipAdmin(ByRole):
    """Who has which role in which agency, from when until when."""

    form = MembershipForm
    list_display = ("user", "agency", "role", "valid_from", "valid_until")
    list_filter = ("role",)
    list_select_related = ("user", "agency")
    search_fields = ("user__email", "user__last_name", "agency__name")
    autocomplete_fields = ("user", "agency")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and bring the user's groups in line."""
        super().save_model(request, obj, form, change)
        actions.settle(obj.user)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """The form knows who fills it in; it is made anew for each request."""
        form: Any = super().get_form(request, obj, change, **options)
        form.by = request.user
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A membership keeps its user, agency and role: another role is another membership."""
        return ("user", "agency") if obj else ()


@admin.register(User)
class PersonAdmin(ByRole, UserAdmin):
    """The people who sign in. Roles are memberships; nobody is made a superuser here."""

    list_display = ("email", "last_name", "first_name", "job_title", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("email", "last_name", "first_name", "username")
    ordering = ("email",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "email", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "job_title")}),
        ("Sign-in", {"fields": ("is_active", "last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "email",
                    "first_name",
                    "last_name",
                    "usable_password",
                    "password1",
                    "password2",
                )
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The directory ties workers to users by these two: nobody takes a colleague's for their own."""
        own = ("username", "email") if obj is not None and obj.pk == request.user.pk else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Whoever sets somebody's pass phrase could sign in as them: that page saves by ways of its own."""
        if request.resolver_match and request.resolver_match.url_name == "auth_user_password_change":
            record("admin.password_set", by=request.user, subject=f"{obj._meta.label_lower}:{obj.pk}")
        return super().log_change(request, obj, message)
