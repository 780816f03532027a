"""Addresses of the first page, search and the child's page. No address holds a name; ids in them are random."""

from django.urls import include, path

from apps.profiles import views
from apps.profiles.known.views import known

pages = [
    path("search/", views.search, name="search"),
    path("search/<uuid:result>/", views.results, name="results"),
    path("known/", known, name="known"),
    path("children/<uuid:public_id>/", views.child, name="child"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("", include((pages, "profiles"))),
]
