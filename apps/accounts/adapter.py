"""How people sign in: no sign-up, every attempt in the audit record."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from apps.audit.actions import hash_terms, record


class AccountAdapter(DefaultAccountAdapter):
    """allauth's seam for what this service does its own way."""

    # one sentence for every way of signing in: it must not say which of the two is known
    error_messages = DefaultAccountAdapter.error_messages | dict.fromkeys(
        ("email_password_mismatch", "username_password_mismatch"),
        "The name or e-mail address and the password do not go together.",
    )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Users are made in the administration."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Record who signed in."""
        record("signin.ok", by=user)
        return super().post_login(request, user, **options)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record that somebody failed, with a keyed hash of the address: it may hold a mistyped password."""
        named = str(credentials.get("email") or credentials.get("username") or "")
        record("signin.failed", by="sign-in", detail={"named_hash": hash_terms({"named": named.lower()})})

    def send_notification_mail(self, template_prefix: str, user: Any, *options: Any, **more: Any) -> None:
        """Record what changed about an account's security (pass phrase, second factor), and tell its owner."""
        by = self.request.user if self.request.user.is_authenticated else user
        record(f"account.{template_prefix.rpartition('/')[2]}", by=by, subject=f"user:{user.pk}")
        super().send_notification_mail(template_prefix, user, *options, **more)

    def logout(self, request: HttpRequest) -> None:
        """Record who signed out."""
        record("signout", by=request.user)
        super().logout(request)
