"""Addresses of the rating schemes."""

from django.urls import path

from apps.pipeline.schemes import views
from apps.pipeline.schemes.drafting import views as drafting

app_name = "schemes"
urlpatterns = [
    path("", views.index, name="index"),
    path("draft/", drafting.draft, name="draft"),
    path("<slug:version>/", views.scheme, name="scheme"),
    path("<slug:version>/rule/", drafting.rule, name="new-rule"),
    path("<slug:version>/rule/<slug:code>/", drafting.rule, name="rule"),
    path("<slug:version>/band/", drafting.band, name="new-band"),
    path("<slug:version>/sources/", drafting.sources, name="sources"),
    path("<slug:version>/band/<slug:code>/", drafting.band, name="band"),
    path("<slug:version>/try/", views.try_it, name="try"),
    path("<slug:version>/moves/", views.moves, name="moves"),
    path("<slug:version>/approve/", views.approve, name="approve"),
    path("<slug:version>/drop/", views.drop, name="drop"),
    path("<slug:version>/scheme.json", views.export, name="export"),
    path("<slug:version>/notice/", views.notice, name="notice"),
    path("<slug:version>/record/", views.record, name="record"),
]
