from django.urls import path

from apps.pipeline.api import lookup, views

app_name = "api"
urlpatterns = [
    path("openapi.json", views.document, name="document"),
    path("extracts", views.send, name="extracts"),
    path("lookup", lookup.look_up, name="lookup"),
    path("extracts/<int:extract_id>", views.extract, name="extract"),
]
