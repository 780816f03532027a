"""Sends people whose role demands a second factor to set one up, before anything else."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.access.queries import access_of
from apps.access.roles import ROLES

SET_UP = "mfa_activate_totp"


class SecondFactorMiddleware:
    """Nothing but the account's own pages opens until a second factor is set up, for the roles of ``VCDB_MFA_ROLES``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or lead to the set-up page."""
        return redirect(SET_UP) if must_set_up(request) else self.get_response(request)


def check_roles() -> None:
    """Stop the start where ``VCDB_MFA_ROLES`` names no role of this service: a misspelt one would demand nothing."""
    if unknown := sorted(set(settings.VCDB_MFA_ROLES) - {"*", *ROLES}):
        raise ImproperlyConfigured(
            f"VCDB_MFA_ROLES names {', '.join(unknown)}, which is no role: use * or some of {', '.join(ROLES)}."
        )


def must_set_up(request: HttpRequest) -> bool:
    """Whether this person's role demands a factor they have not got, on a page that is not part of getting it."""
    if not settings.VCDB_MFA_ROLES or not request.user.is_authenticated or is_own_account(request.path):
        return False
    return demands_factor(request.user) and not is_mfa_enabled(request.user)


def demands_factor(user: object) -> bool:
    """Whether any role the person holds is in ``VCDB_MFA_ROLES`` ("*": everybody)."""
    demanded = set(settings.VCDB_MFA_ROLES)
    return "*" in demanded or any(membership.role in demanded for membership in access_of(user).memberships)


def is_own_account(path: str) -> bool:
    """Pages for signing in and out and for the factor itself, and what they are drawn with."""
    return path.startswith((reverse("account_login").removesuffix("login/"), settings.STATIC_URL))
