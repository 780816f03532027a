"""Addresses of the queue."""

from django.urls import path

from apps.triage import views
from apps.triage.team import views as team

app_name = "triage"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("decide/", views.decide, name="decide"),
    path("undo/", views.undo, name="undo"),
    path("assign/", views.assign, name="assign"),
    path("views/save/", team.save_view, name="save-view"),
    path("views/drop/", team.drop_view, name="drop-view"),
    path("e-mail/", team.digest, name="digest"),
    path("team/", team.team, name="team"),
    path("team/end/", team.end_allocation, name="end-allocation"),
    path("second-looks/", team.second_looks, name="second-looks"),
    path("second-looks/done/", team.look_again, name="look-again"),
]
