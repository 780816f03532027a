"""The style guide's address; it answers only where the service is a demonstration."""

from django.urls import path

from apps.core import views

app_name = "core"
urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")]
