"""Addresses of lists: a setting's own people under its code, those who manage all under "all"."""

from django.urls import path, register_converter

from apps.lists import officers, views
from apps.lists.weeks import WeekConverter

register_converter(WeekConverter, "week")
app_name = "lists"

urlpatterns = [
    path("", officers.week, name="officer"),
    path("check/<week:week>/", officers.check, name="check"),
    path("snags/<int:pk>/", officers.settle, name="settle"),
    path("recall/<int:pk>/", officers.recall, name="recall"),
    path("incidents/<int:pk>/", officers.incident, name="incident"),
    path("mine/", views.mine, name="mine"),
    path("mine/<slug:code>/<week:week>/", views.own, name="list"),
    path("mine/<slug:code>/<week:week>.xlsx", views.own_file, {"form": "xlsx"}, name="xlsx"),
    path("mine/<slug:code>/<week:week>.csv", views.own_file, {"form": "csv"}, name="csv"),
    path("all/<slug:code>/<week:week>/", views.any_setting, name="any-list"),
    path("all/<slug:code>/<week:week>.xlsx", views.any_file, {"form": "xlsx"}, name="any-xlsx"),
    path("all/<slug:code>/<week:week>.csv", views.any_file, {"form": "csv"}, name="any-csv"),
]
