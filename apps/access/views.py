"""The gate every page stands behind."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from apps.access.queries import may
from apps.access.roles import PERMISSIONS
from apps.audit.actions import record

View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """Let in who holds the permission; others get 403, audited; anybody not signed in is sent to sign in."""
    if permission not in PERMISSIONS:
        raise ValueError(f"{permission!r} is not in the table of permissions")

    def gate(view: View) -> View:
        @wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if (
                not request.user.is_authenticated
                and request.method == "POST"
                and request.headers.get("HX-Request")
            ):
                return HttpResponse(
                    status=401
                )  # the page says so itself: what is typed there must not be lost
            if not request.user.is_authenticated:
                return redirect_to_login(asked_from(request))
            if not may(request.user, permission):
                refuse(request, permission)
            return view(request, *args, **kwargs)

        gated.permission = permission  # type: ignore[attr-defined]
        return gated

    return gate


def asked_from(request: HttpRequest) -> str:
    """Where to go on after signing in: the page itself; of a form, which cannot be opened, the page on which it stood."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path


def refuse(request: HttpRequest, permission: str) -> None:
    """Record the refusal and answer 403."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    record("access.refused", by=request.user, subject=name, detail={"needs": permission})
    raise PermissionDenied


def open_to_all(view: View) -> View:
    """Mark a view that needs no sign-in; the permission table lists it."""
    view.permission = ""  # type: ignore[attr-defined]
    return view
