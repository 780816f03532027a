"""The import pages as a data officer uses them: what a good and a bad file answers, and what stays as it was."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.agencies.models import Agency, SettingAlias
from apps.audit.models import Event
from apps.children.models import RecordVersion, SourceRecord
from apps.core.clock import today
from apps.extracts.models import Extract, State
from apps.involvements.models import Involvement
from apps.pipeline import queries
from apps.pipeline.models import Run
from tests.integration.pipeline.files import BAD, HEADINGS, early_help, upload


@pytest.fixture
def officer(world):
    client = Client()
    client.force_login(world.user("data_officer"))
    return client


@pytest.fixture
def send(officer, django_capture_on_commit_callbacks):
    """Send files by the page; the worker does its part as soon as the request is committed."""

    def sent(*files, feed="early_help", **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return officer.post(reverse("pipeline:upload"), {"feed": feed, "files": list(files), **fields})

    return sent


def known():
    """Everything the feeds have said, as it stands."""
    return (
        set(SourceRecord.objects.values_list("id_scheme", "local_id", "child_id")),
        set(RecordVersion.objects.filter(recorded_to=None).values_list("pk", "forename")),
        set(Involvement.objects.filter(recorded_to=None).values_list("pk", "end_on")),
    )


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_good_file_goes_from_the_form_to_its_outcome(officer, send):
    answer = send(upload(early_help(("H3", "Cleo"), ("H9", "Finn"), ("H4", "Dan"))))
    assert answer.status_code == 302
    page = words(officer.get(answer.url))
    assert "Committed." in page
    assert "3 of 3 rows used" in page
    assert SourceRecord.objects.filter(id_scheme="early_help", local_id="H9").exists()


def test_sending_again_by_reload_sends_nothing(officer, send):
    before = Extract.objects.count()
    answer = send(upload(early_help(("H9", "Finn"))))
    officer.get(answer.url)
    officer.get(answer.url)
    assert Extract.objects.count() == before + 1


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_answered_with_a_sentence_and_changes_nothing(officer, send, fault):
    name, content, word = BAD[fault]
    before = known()
    answer = send(upload(content, name))
    page = words(officer.get(answer.url) if answer.status_code == 302 else answer)
    assert word in page
    assert answer.status_code in (302, 422)
    assert known() == before
    assert Extract.objects.latest("pk").state == State.REFUSED


def test_headings_without_rows_are_held_for_a_person_and_change_nothing(officer, send):
    before = known()
    answer = send(upload(HEADINGS.encode()))
    assert "headings but no rows" in words(officer.get(answer.url))
    assert known() == before
    assert Extract.objects.latest("pk").state == State.HELD


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"feed": ""}, "Choose the feed the file belongs to"),
        ({"feed": "nothing"}, "Choose a feed from the list"),
        ({"as_of": "31/02/2026"}, "Enter a real date"),
        ({"as_of": "11/22/2026"}, "Enter a real date"),
        ({"as_of": f"{today() + timedelta(days=2):%d/%m/%Y}"}, "cannot be in the future"),
    ],
)
def test_the_form_says_what_is_wrong_beside_the_field(send, fields, sentence):
    before = Extract.objects.count()
    answer = send(upload(early_help(("H9", "Finn"))), **fields)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Error: " in words(answer)
    assert Extract.objects.count() == before


def test_no_file_at_all_is_asked_for(send):
    assert "Choose the file, or all files of the set" in words(send())


def test_the_same_file_again_is_refused_and_an_older_one_is_held(send, officer):
    content = early_help(("H3", "Cleo"), ("H4", "Dan"))
    send(upload(content))
    before = known()
    assert "already loaded" in words(send(upload(content)))
    older = f"{today() - timedelta(days=1):%d/%m/%Y}"
    answer = send(upload(early_help(("H3", "Clio"))), as_of=older)
    assert "newer" in words(officer.get(answer.url))
    assert known() == before


def test_a_preview_shows_the_figures_and_saves_nothing(officer, send):
    before = known()
    answer = send(upload(early_help(("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn"))), preview="on")
    assert "Previewed, nothing saved." in words(officer.get(answer.url))
    assert known() == before


def test_findings_stand_with_their_row_and_remedy_and_no_personal_data(officer, send):
    content = early_help(("H3", "Cleo"), ("H4", "Dan")).replace(b"04/05/2022", b"04/05/2099", 1)
    page = words(officer.get(send(upload(content)).url))
    assert re.search(r"row 2\b", page)
    assert "1 of 2 rows used" in page
    assert "Cleo" not in page and "04/05/2099" not in page


def test_a_run_that_waits_shows_so_and_offers_a_way_to_look_again(officer, world):
    with transaction.atomic():  # nothing after the commit runs: no worker is there
        answer = officer.post(
            reverse("pipeline:upload"), {"feed": "early_help", "files": [upload(early_help(("H9", "Finn")))]}
        )
    page = officer.get(answer.url).content.decode()
    assert "Waiting for its turn" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Show how far it is now" in page


def test_a_finished_run_is_not_looked_at_again(officer, send):
    page = officer.get(send(upload(early_help(("H9", "Finn")))).url).content.decode()
    assert "hx-trigger" not in page


def test_a_run_that_does_not_exist_is_not_found(officer):
    assert officer.get(reverse("pipeline:run", args=[10**9])).status_code == 404


def test_feeds_say_which_is_in_time_late_or_never_came(officer, world):
    Extract.objects.filter(feed__code="camhs").update(as_of=today() - timedelta(days=20))
    page = words(officer.get(reverse("pipeline:feeds")))
    assert "Never came" in page
    assert "In time" in page
    assert "13 days late" in page


def test_a_code_is_asked_once_and_its_children_join_the_setting(
    officer, world, django_capture_on_commit_callbacks
):
    setting = Agency.objects.get(urn="900001")
    waiting = Involvement.objects.filter(service="early_years_roll", recorded_to=None).first()
    Involvement.objects.filter(pk=waiting.pk).update(setting=None, setting_ref="Rainbow")
    alias = SettingAlias.objects.create(scheme="early_years_roll", code="Rainbow")
    page = words(officer.get(reverse("pipeline:settings-to-map")))
    assert "Rainbow" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(reverse("pipeline:map-setting", args=[alias.pk]), {"setting": setting.pk})
    assert answer.status_code == 302
    alias.refresh_from_db()
    assert alias.setting == setting
    now = Involvement.objects.get(record=waiting.record, service="early_years_roll", recorded_to=None)
    assert now.setting == setting
    assert "Rainbow" not in words(officer.get(reverse("pipeline:settings-to-map"))).replace("Rainbow is", "")


def test_a_wrong_answer_is_taken_back_and_the_setting_sees_the_child_no_longer(
    officer, world, django_capture_on_commit_callbacks
):
    setting = Agency.objects.get(urn="900001")
    waiting = Involvement.objects.filter(service="early_years_roll", recorded_to=None).first()
    Involvement.objects.filter(pk=waiting.pk).update(setting=None, setting_ref="Rainbow")
    alias = SettingAlias.objects.create(scheme="early_years_roll", code="Rainbow")
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("pipeline:map-setting", args=[alias.pk]), {"setting": setting.pk})
    child = waiting.record.child
    child.refresh_from_db()
    assert setting.pk in child.reach
    page = words(officer.get(reverse("pipeline:settings-answered")))
    assert "Rainbow" in page and setting.name in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(reverse("pipeline:ask-setting-again", args=[alias.pk]))
    assert answer.status_code == 302
    child.refresh_from_db()
    assert setting.pk not in child.reach
    assert alias.pk in [asked.alias.pk for asked in queries.settings_to_map()]
    assert officer.post(reverse("pipeline:ask-setting-again", args=[alias.pk])).status_code == 404


def test_a_code_without_a_choice_is_asked_for_again(officer, world):
    alias = SettingAlias.objects.create(scheme="early_years_roll", code="Rainbow")
    answer = officer.post(reverse("pipeline:map-setting", args=[alias.pk]), {"setting": ""})
    assert answer.status_code == 422
    assert "Choose the setting this code means" in words(answer)
    alias.refresh_from_db()
    assert alias.setting is None


def test_a_code_that_was_answered_is_gone(officer, world):
    setting = Agency.objects.get(urn="900001")
    alias = SettingAlias.objects.create(scheme="early_years_roll", code="Rainbow", setting=setting)
    answer = officer.post(reverse("pipeline:map-setting", args=[alias.pk]), {"setting": setting.pk})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "who", ["social_worker", "early_help_officer", "dsl", "leader", "sysadmin", "outsider"]
)
def test_nobody_else_uploads(world, who):
    client = Client()
    client.force_login(world.user(who))
    before = Extract.objects.count(), Run.objects.count()
    files = {"feed": "early_help", "files": [upload(early_help(("H9", "Finn")))]}
    assert client.post(reverse("pipeline:upload"), files).status_code == 403
    assert (Extract.objects.count(), Run.objects.count()) == before


def test_looking_at_questions_is_one_event_with_the_children(officer, world, send):
    twin = early_help(("H3", "Cleo"), ("H4", "Dan"), ("H7", "Cloe"))
    send(upload(twin))
    before = Event.objects.filter(kind="question.look").count()
    page = words(officer.get(reverse("pipeline:questions")))
    if "No question is open" in page:
        pytest.fail("the file was to open a question")
    event = Event.objects.filter(kind="question.look").latest("pk")
    assert Event.objects.filter(kind="question.look").count() == before + 1
    assert len(event.children) >= 2
    assert "Agrees" in page and "Differs" in page
