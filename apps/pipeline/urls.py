from django.urls import path

from apps.pipeline import views
from apps.pipeline.mapping import views as mapping

app_name = "pipeline"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("upload/", views.upload, name="upload"),
    path("map/", mapping.start, name="map-start"),
    path("map/<int:extract_id>/", mapping.columns, name="map"),
    path("runs/<int:run_id>/", views.run, name="run"),
    path("settings/", views.settings_to_map, name="settings-to-map"),
    path("settings/<int:alias_id>/", views.map_setting, name="map-setting"),
    path("questions/", views.questions, name="questions"),
]
