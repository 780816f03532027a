"""Pages that belong to no domain."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from apps.core import samples


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, where the service is a demonstration."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    return render(request, "styleguide.html", samples.everything())
