from django.urls import include, path

from apps.pipeline import views
from apps.pipeline.fields import views as fields
from apps.pipeline.life import views as life
from apps.pipeline.mapping import views as mapping
from apps.pipeline.quality import views as quality

app_name = "pipeline"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("upload/", views.upload, name="upload"),
    path("map/", mapping.start, name="map-start"),
    path("map/<int:extract_id>/", mapping.columns, name="map"),
    path("runs/<int:run_id>/", views.run, name="run"),
    path("feeds/<slug:code>/", life.history, name="history"),
    path("files/<int:extract_id>/commit/", life.commit, name="commit"),
    path("files/<int:extract_id>/cancel/", life.cancel, name="cancel"),
    path("files/<int:extract_id>/release/", life.release, name="release"),
    path("files/<int:extract_id>/undo/", life.undo, name="undo"),
    path("files/<int:extract_id>/rejected/", life.rejected, name="rejected"),
    path("files/<int:extract_id>/redo/", life.redo, name="redo"),
    path("settings/", views.settings_to_map, name="settings-to-map"),
    path("settings/<int:alias_id>/", views.map_setting, name="map-setting"),
    path("settings/answered/", views.settings_answered, name="settings-answered"),
    path("settings/<int:alias_id>/again/", views.ask_setting_again, name="ask-setting-again"),
    path("quality/", quality.quality, name="quality"),
    path("quality/<slug:code>/", quality.feed_quality, name="feed-quality"),
    path("quality/<slug:code>/lacking.<slug:kind>", quality.lacking, name="lacking"),
    path("questions/", include("apps.pipeline.linkage.urls")),
    path("fields/", fields.fields, name="fields"),
    path("fields/<int:question_id>/", fields.answer_field, name="answer-field"),
]
