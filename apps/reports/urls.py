"""Addresses of reports."""

from django.urls import path, register_converter

from apps.lists.weeks import WeekConverter
from apps.reports import views
from apps.reports.entering import views as entering

# under a name of its own: whichever app is read first, the other does not stand on it
register_converter(WeekConverter, "report_week")
app_name = "reports"

urlpatterns = [
    path("", views.newest, name="newest"),
    path("resources/", views.resources, name="resources"),
    path("capacity/", entering.page, name="capacity"),
    path("capacity/upload/", entering.upload, name="capacity-upload"),
    path("capacity.csv", entering.file, {"form": "csv"}, name="capacity-csv"),
    path("capacity.xlsx", entering.file, {"form": "xlsx"}, name="capacity-xlsx"),
    path("term/", views.term, name="term"),
    path("term.pdf", views.term_file, {"form": "pdf"}, name="term-pdf"),
    path("term.xlsx", views.term_file, {"form": "xlsx"}, name="term-xlsx"),
    path("<report_week:week>/", views.week, name="week"),
    path("<report_week:week>.pdf", views.file, {"form": "pdf"}, name="pdf"),
    path("<report_week:week>.xlsx", views.file, {"form": "xlsx"}, name="xlsx"),
    path("<report_week:week>/rows/<slug:figure>/", views.rows, name="rows"),
]
