"""Addresses of the rating schemes."""

from django.urls import path

from apps.pipeline.schemes import views

app_name = "schemes"
urlpatterns = [
    path("", views.index, name="index"),
    path("draft/", views.draft, name="draft"),
    path("<slug:version>/", views.scheme, name="scheme"),
    path("<slug:version>/rule/", views.rule, name="new-rule"),
    path("<slug:version>/rule/<slug:code>/", views.rule, name="rule"),
    path("<slug:version>/band/", views.band, name="new-band"),
    path("<slug:version>/sources/", views.sources, name="sources"),
    path("<slug:version>/band/<slug:code>/", views.band, name="band"),
    path("<slug:version>/try/", views.try_it, name="try"),
    path("<slug:version>/moves/", views.moves, name="moves"),
    path("<slug:version>/approve/", views.approve, name="approve"),
    path("<slug:version>/drop/", views.drop, name="drop"),
    path("<slug:version>/scheme.json", views.export, name="export"),
    path("<slug:version>/notice/", views.notice, name="notice"),
    path("<slug:version>/record/", views.record, name="record"),
]
