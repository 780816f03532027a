"""Pages that belong to no domain, and that show nothing of anybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core import samples


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, where the service is a demonstration."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    return render(request, "styleguide.html", samples.everything())


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Keep a session alive: the session is renewed by every request, and this one does nothing else."""
    return HttpResponse(status=204)


@never_cache
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """What a page that was open while somebody signed in again needs to send its forms; only pages from here can read the answer.

    It says whether anybody is signed in, so that the page keeps what is typed there rather than send it into the sign-in page.
    """
    who = "yes" if request.user.is_authenticated else "no"
    return HttpResponse(get_token(request), content_type="text/plain", headers={"Signed-In": who})


def closed(request: HttpRequest) -> HttpResponse:
    """Stands before a library's page that this service does not offer."""
    raise Http404


# The permission table lists them as open to everybody.
for view in (styleguide, stay, token, closed):
    view.permission = ""  # type: ignore[attr-defined]
