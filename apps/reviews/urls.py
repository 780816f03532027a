"""Addresses of case reviews; ids in them are random."""

from django.urls import path

from apps.reviews.views import agreeing, cases, leading, log, meetings, types

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
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/series/new/", meetings.new_series, name="new-series"),
    path("meetings/series/<int:pk>/", meetings.edit_series, name="series"),
    path("meetings/series/<int:pk>/plan/", meetings.plan, name="plan"),
    path("meetings/item/<int:pk>/save/", agreeing.save, name="save"),
    path("meetings/item/<int:pk>/agree/", agreeing.agree, name="agree"),
    path("meetings/item/<int:pk>/carry-over/", agreeing.carry_over, name="carry-over"),
    path("meetings/item/<int:pk>/actions/", agreeing.add, name="add-in-meeting"),
    path("meetings/<uuid:public_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:public_id>/do/<slug:deed>/", meetings.do, name="do"),
    path("meetings/<uuid:public_id>/add/", meetings.add_moved, name="add-moved"),
    path("meetings/<uuid:public_id>/attendance/", meetings.attend, name="attend"),
    path("meetings/<uuid:public_id>/ask/", meetings.ask_to, name="ask-to"),
    path("meetings/<uuid:public_id>/pack/", meetings.read_pack, name="pack"),
    path("meetings/<uuid:public_id>/pack.pdf", meetings.pack_pdf, name="pack-pdf"),
    path("meetings/<uuid:public_id>/meeting.ics", meetings.calendar_file, name="calendar"),
    path("meetings/<uuid:public_id>/minutes/", agreeing.read_minutes, name="minutes"),
    path("meetings/<uuid:public_id>/minutes/<int:version>/", agreeing.read_minutes, name="minutes-version"),
    path("meetings/<uuid:public_id>/minutes/<int:version>/approve/", agreeing.approve, name="approve"),
    path("meetings/<uuid:public_id>/minutes/<int:version>/correct/", agreeing.correct, name="correct"),
    path("<uuid:public_id>/", cases.review, name="review"),
    path("<uuid:public_id>/move/<slug:step>/", cases.move, name="move"),
    path("<uuid:public_id>/contribute/", cases.contribute, name="contribute"),
    path("<uuid:public_id>/invite/", cases.invite, name="invite"),
    path("<uuid:public_id>/chase/", cases.chase, name="chase"),
    path("<uuid:public_id>/actions/", cases.add_action, name="add-action"),
]
