from django.urls import path

from apps.pipeline.families import views

app_name = "family"
urlpatterns = [
    path("<uuid:public_id>/", views.edit, name="edit"),
    path("<uuid:public_id>/not/<uuid:other_id>/", views.unrelate, name="unrelate"),
]
