"""Addresses of the queue."""

from django.urls import path

from apps.triage import views

app_name = "triage"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("decide/", views.decide, name="decide"),
    path("undo/", views.undo, name="undo"),
    path("assign/", views.assign, name="assign"),
]
