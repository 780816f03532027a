from django.urls import path

from apps.pipeline.asked import views as agencies
from apps.pipeline.linkage import views
from apps.pipeline.placing import views as placing

#: Below ``questions/``, in the names of the pipeline.
urlpatterns = [
    path("", views.queue, name="questions"),
    path("next/", views.take, name="take-question"),
    path("<int:question_id>/", views.question, name="question"),
    path("<int:question_id>/answer/", views.answer, name="answer-question"),
    path("<int:question_id>/release/", views.release, name="release-question"),
    path("alike/", views.alike, name="alike"),
    path("alike/<slug:key>/", views.answer_alike, name="answer-alike"),
    path("second-look/", views.second_look, name="second-look"),
    path("asked/", agencies.asked, name="asked"),
    path("asked/<slug:code>.<slug:kind>", agencies.asked_file, name="asked-file"),
    path("quality/", agencies.figures, name="linkage-quality"),
    path("approvals/", placing.approvals, name="approvals"),
    path("child/<uuid:public_id>/", placing.place, name="place"),
    path("acts/<int:act_id>/", placing.act, name="act"),
    path("acts/<int:act_id>/propose/", placing.propose, name="propose"),
    path("acts/<int:act_id>/approve/", placing.approve, name="approve"),
    path("acts/<int:act_id>/undo/", placing.undo, name="undo-act"),
    path("acts/<int:act_id>/drop/", placing.drop, name="drop-act"),
]
