"""The front door: each app's own addresses are in its urls.py."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("triage/", include("apps.triage.urls")),
    path("lists/", include("apps.lists.urls")),
    path("imports/", include("apps.pipeline.urls")),
    path("", include("apps.core.urls")),
    path("", include("apps.profiles.urls")),
]
