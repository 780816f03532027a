"""Addresses of what a worker does about lists."""

from django.urls import path

from apps.pipeline.releases import views

app_name = "releases"

urlpatterns = [
    path("draft/<week:week>/", views.draft, name="draft"),
    path("mine/<slug:code>/<week:week>/return/send/", views.send, name="send"),
    path("mine/<slug:code>/<week:week>/child/<int:pk>/keep/<slug:kind>/", views.endeavour, name="endeavour"),
    path("mine/<slug:code>/<week:week>/child/<int:pk>/withdraw/<int:said>/", views.withdraw, name="withdraw"),
    path("release/<week:week>/", views.release, name="release"),
]
