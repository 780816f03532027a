"""Addresses of case reviews; ids in them are random."""

from django.urls import path

from apps.reviews.views import cases, leading, log, types

app_name = "reviews"

urlpatterns = [
    path("", cases.queue, name="queue"),
    path("types/", types.types, name="types"),
    path("types/new/", types.new_type, name="new-type"),
    path("types/<int:pk>/", types.edit_type, name="type"),
    path("raise/<uuid:public_id>/", cases.raise_review, name="raise"),
    path("actions/", log.log, name="log"),
    path("actions/<int:pk>/", log.action, name="action"),
    path("actions/<int:pk>/end/", log.end, name="end-action"),
    path("actions/<int:pk>/hand-on/", log.hand_on, name="hand-on"),
    path("child/<uuid:public_id>/", log.of_child, name="of-child"),
    path("child/<uuid:public_id>/actions/", log.add, name="add-for-child"),
    path("child/<uuid:public_id>/contacts/", log.keep_contact, name="keep-contact"),
    path("lead/<uuid:public_id>/", leading.lead, name="lead"),
    path("lead/<uuid:public_id>/name/", leading.name_lead, name="name-lead"),
    path("lead/<int:pk>/answer/", leading.answer_lead, name="answer-lead"),
    path("lead/<int:pk>/end/", leading.end_lead, name="end-lead"),
    path("team/<uuid:public_id>/join/", leading.join_team, name="join-team"),
    path("team/<int:pk>/leave/", leading.leave_team, name="leave-team"),
    path("<uuid:public_id>/", cases.review, name="review"),
    path("<uuid:public_id>/move/<slug:step>/", cases.move, name="move"),
    path("<uuid:public_id>/contribute/", cases.contribute, name="contribute"),
    path("<uuid:public_id>/invite/", cases.invite, name="invite"),
    path("<uuid:public_id>/chase/", cases.chase, name="chase"),
    path("<uuid:public_id>/actions/", cases.add_action, name="add-action"),
]
