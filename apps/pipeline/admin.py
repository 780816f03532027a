from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.access.site import ByRole
from apps.pipeline.api import actions
from apps.pipeline.models import Token


@admin.register(Token)
class TokenAdmin(ByRole):
    """The systems that may send files: which, of what, until when, and when last. Made by ``manage.py make_token``; withdrawn here."""

    list_display = ("title", "feed", "agency", "scopes", "expires_at", "withdrawn_at", "last_used_at")
    list_select_related = ("feed", "agency")
    search_fields = ("title",)
    actions = ("withdraw",)
    fields = readonly_fields = (
        "title", "feed", "agency", "scopes", "made_at", "expires_at", "withdrawn_at", "last_used_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Its secret is shown once, in a terminal."""
        return False

    @admin.action(description="Withdraw: it opens nothing from now on")
    def withdraw(self, request: HttpRequest, chosen: Any) -> None:
        """End the tokens that were chosen."""
        for token in chosen:
            actions.withdraw_token(token=token, by=request.user)
        self.message_user(request, "The tokens are withdrawn.")
