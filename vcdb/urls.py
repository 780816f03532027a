"""The front door: each app's own addresses are in its urls.py."""

from django.contrib import admin
from django.urls import include, path

from apps.core.views import closed

urlpatterns = [
    # The directory of professionals ties people to its workers by e-mail address: nobody changes their own.
    path("accounts/email/", closed, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("triage/", include("apps.triage.urls")),
    path("cohorts/", include("apps.triage.cohorts.urls")),
    path("reviews/", include("apps.reviews.urls")),
    path("lists/", include("apps.lists.urls")),
    path("lists/", include("apps.pipeline.releases.urls")),
    path("reports/", include("apps.reports.urls")),
    path("api/v1/", include("apps.pipeline.api.urls")),
    path("imports/", include("apps.pipeline.urls")),
    path("family/", include("apps.pipeline.families.urls")),
    path("sealed/", include("apps.pipeline.sealed.urls")),
    path("schemes/", include("apps.pipeline.schemes.urls")),
    path("", include("apps.core.urls")),
    path("", include("apps.profiles.urls")),
]
