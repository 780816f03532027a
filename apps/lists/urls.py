"""Addresses of lists: a setting's own people under its code, those who manage all under "all"."""

from django.urls import path, register_converter

from apps.lists import views
from apps.lists.endeavours import views as endeavours
from apps.lists.engagement import views as engagement
from apps.lists.officer import views as officers
from apps.lists.recipients import views as recipients
from apps.lists.returns import views as returns
from apps.lists.rolls import views as rolls
from apps.lists.weeks import WeekConverter

register_converter(WeekConverter, "week")
app_name = "lists"

urlpatterns = [
    path("", officers.week, name="officer"),
    path("check/<week:week>/", officers.check, name="check"),
    path("snags/<int:pk>/", officers.settle, name="settle"),
    path("recall/<int:pk>/", officers.recall, name="recall"),
    path("incidents/<int:pk>/", officers.incident, name="incident"),
    path("settings/<slug:code>/", engagement.setting, name="engagement"),
    path("recipients/", recipients.recipients, name="recipients"),
    path("recipients/waiting/", recipients.waiting, name="waiting"),
    path("recipients/<slug:code>/<int:pk>/verify/", recipients.verify, name="verify"),
    path("recipients/<slug:code>/<int:pk>/withdraw/", recipients.withdraw, name="withdraw"),
    path("rolls/", rolls.rolls, name="rolls"),
    path("rolls/<int:pk>/", rolls.settle, name="settle-roll"),
    path("mine/", views.mine, name="mine"),
    path("mine/<slug:code>/<week:week>/", views.own, name="list"),
    path("mine/<slug:code>/<week:week>.xlsx", views.own_file, {"form": "xlsx"}, name="xlsx"),
    path("mine/<slug:code>/<week:week>.csv", views.own_file, {"form": "csv"}, name="csv"),
    path("mine/<slug:code>/<week:week>.pdf", views.own_file, {"form": "pdf"}, name="pdf"),
    path("mine/<slug:code>/<week:week>/locked/", views.locked, name="locked"),
    path("mine/<slug:code>/<week:week>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("mine/<slug:code>/<week:week>/child/<int:pk>/", endeavours.child, name="child"),
    path("mine/<slug:code>/<week:week>/return/", returns.page, name="return"),
    path("mine/<slug:code>/<week:week>/return/save/", returns.save, name="save"),
    path("mine/<slug:code>/<week:week>/return/upload/", returns.upload, name="upload"),
    path("all/<slug:code>/<week:week>.pdf", views.any_file, {"form": "pdf"}, name="any-pdf"),
    path("all/<slug:code>/<week:week>/", views.any_setting, name="any-list"),
    path("all/<slug:code>/<week:week>.xlsx", views.any_file, {"form": "xlsx"}, name="any-xlsx"),
    path("all/<slug:code>/<week:week>.csv", views.any_file, {"form": "csv"}, name="any-csv"),
]
