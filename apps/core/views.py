"""Pages that belong to no domain, and that show nothing of anybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
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


def closed(request: HttpRequest) -> HttpResponse:
    """Stands before a library's page that this service does not offer."""
    raise Http404


# The permission table lists them as open to everybody.
for view in (styleguide, stay, closed):
    view.permission = ""  # type: ignore[attr-defined]
