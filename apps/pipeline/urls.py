from django.urls import path

from apps.pipeline import views

app_name = "pipeline"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("upload/", views.upload, name="upload"),
    path("runs/<int:run_id>/", views.run, name="run"),
    path("settings/", views.settings_to_map, name="settings-to-map"),
    path("settings/<int:alias_id>/", views.map_setting, name="map-setting"),
    path("questions/", views.questions, name="questions"),
]
