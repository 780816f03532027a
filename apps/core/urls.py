"""The style guide's address, which answers only where the service is a demonstration, and the session's."""

from django.urls import path

from apps.core import views

app_name = "core"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("stay/", views.stay, name="stay"),
    path("token/", views.token, name="token"),
]
