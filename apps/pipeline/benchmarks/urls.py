"""The service's addresses and one more, which shows nothing: what the stack itself costs."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from apps.access.views import needs
from vcdb.urls import urlpatterns as served


@needs("home.view")
def empty(request: HttpRequest) -> HttpResponse:
    """A signed-in page with nothing on it."""
    return HttpResponse()


urlpatterns = [path("benchmark/empty/", empty), *served]
