"""Addresses of the first page, search and the child's page. No address holds a name; ids in them are random."""

from django.urls import include, path

from apps.profiles import views
from apps.profiles.known.views import known

pages = [
    path("search/", views.search, name="search"),
    path("search/<uuid:result>/", views.results, name="results"),
    path("known/", known, name="known"),
    path("figures/fairness/", views.fairness, name="fairness"),
    path("children/<uuid:public_id>/", views.child, name="child"),
    path("children/<uuid:public_id>/rating/", views.override, name="override"),
    path("children/<uuid:public_id>/rating/end/", views.take_back, name="take-back"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("", include((pages, "profiles"))),
]
