from django.urls import path

from apps.pipeline.sealed import views

app_name = "sealed"
urlpatterns = [
    path("", views.links, name="links"),
    path("propose/", views.propose, name="propose"),
    path("<int:link_id>/", views.link, name="link"),
    path("<int:link_id>/confirm/", views.confirm, name="confirm"),
]
