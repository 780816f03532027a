"""The front door: each app's own addresses are in its urls.py."""

import warnings
from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

APPS = (
    ("", "apps.core.urls"),
    ("", "apps.access.urls"),
    ("triage/", "apps.triage.urls"),
    ("lists/", "apps.lists.urls"),
    ("imports/", "apps.pipeline.urls"),
    ("", "apps.profiles.urls"),
)


def written() -> list[URLPattern | URLResolver]:
    """The addresses of every app that has pages."""
    found: list[URLPattern | URLResolver] = []
    for prefix, module in APPS:
        try:
            found += [path(prefix, include(module))] if find_spec(module) else []
        except ImportError as missing:
            warnings.warn(f"{module} is left out: {missing}", stacklevel=2)
    return found


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    *written(),
]
