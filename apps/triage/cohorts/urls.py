"""Addresses of the cohorts."""

from django.urls import path

from apps.triage.cohorts import views

app_name = "cohorts"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.cohort, name="cohort"),
    path("<int:pk>/export/", views.export, name="export"),
    path("<int:pk>/watch/", views.watch, name="watch"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
