"""The innermost middleware: one transaction with the signed-in person's reach, round the view and its rendering."""

from collections.abc import Callable

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase

from apps.access.nav import nav_for
from apps.access.queries import may, role_of
from apps.access.reach import clear, reach_of


class ReachMiddleware:
    """Runs every request as the web role. Refusals (403, 404) keep their audit event; a server error undoes everything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the reach. Django turns a view's exception into its response inside here, so nothing escapes the order."""
        try:
            with reach_of(request.user):
                describe(request)
                response = self.get_response(request)
                check_not_streamed(response)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                return response
        finally:
            clear()


def describe(request: HttpRequest) -> None:
    """What the page's frame shows of the person: the navigation and the role."""
    request.nav = nav_for(request)  # type: ignore[attr-defined]
    request.role_label = role_of(request.user).name if request.user.is_authenticated else ""  # type: ignore[attr-defined]
    request.can_search = may(request.user, "search.run")  # type: ignore[attr-defined]


def check_not_streamed(response: HttpResponseBase) -> None:
    """A streamed answer would read the database after the reach has gone, and come out empty."""
    if response.streaming and not isinstance(response, FileResponse):
        raise RuntimeError("A streamed response would read outside the reach: build it whole, or send a file")
