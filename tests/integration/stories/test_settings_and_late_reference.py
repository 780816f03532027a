"""Schools and workers that a file names before anybody has said who they are, and what happens once somebody does."""

import pytest

from apps.agencies.models import Agency, SettingAlias
from apps.audit.models import Event
from apps.involvements.models import Involvement
from apps.lists.models import Entry
from apps.pipeline.actions import map_setting
from apps.pipeline.queries import settings_to_map
from tests.integration.stories import telling
from tests.integration.stories.telling import bring, lines_of, look, school, somebody, the

pytestmark = pytest.mark.usefixtures("ground")

NEW = "900077"


def enrolled(urn):
    """Bring the roll with Ada at another setting."""
    return bring("early_years_roll", *[
        row | ({"Setting URN": urn} if row["Forename"] == "Ada" else {}) for row in telling.whole_roll()])  # fmt: skip


def place():
    """Ada's enrolment as it stands."""
    return Involvement.objects.get(record__child=the("Ada"), service="early_years_roll", recorded_to=None)


def answer(code, urn):
    """Somebody says which setting a code means."""
    setting = Agency.objects.get(urn=urn)
    return map_setting(
        alias=SettingAlias.objects.get(code=code), setting=setting, by=somebody("data_officer", "council")
    )


@pytest.mark.parametrize("code", [NEW, "Rainbow Nursery", "SCH 7/a"])
def test_an_unknown_setting_is_a_question_and_the_child_is_on_no_settings_list(code):
    enrolled(code)
    assert (place().setting, place().setting_ref, the("Ada").setting) == (None, code, None)
    [asked] = settings_to_map()
    assert (asked.alias.code, asked.feed.code, asked.rows) == (code, "early_years_roll", 1)
    telling.publish_week()
    [entry] = Entry.objects.filter(child=the("Ada"))
    assert entry.list.setting.kind == "service", (
        "whoever looks for children of no setting has her, and no school"
    )


def test_the_answer_brings_reach_list_and_page_at_once():
    enrolled("Rainbow")
    lead = somebody("school_dsl", f"urn-{telling.OAK}")
    assert look(lead, the("Ada")).status_code == 404
    assert answer("Rainbow", telling.OAK) == 1
    assert place().setting.urn == telling.OAK
    assert look(lead, the("Ada")).context["page"].school.name == "Oak Primary"
    telling.publish_week()
    assert Entry.objects.get(child=the("Ada")).list.setting.urn == telling.OAK


def test_the_answer_is_remembered_for_every_later_file_and_child():
    enrolled("Rainbow")
    answer("Rainbow", telling.OAK)
    ivy = telling.on_roll("Y9", "Ivy", "Rainbow") | telling.person("Ivy", "Quill", "01/05/2019", "ZZ9 9ZZ")
    bring("early_years_roll", *telling.whole_roll()[1:], ivy)
    assert the("Ivy").setting.urn == telling.OAK
    assert (SettingAlias.objects.count(), settings_to_map()) == (1, [])


def test_the_answer_is_one_event_by_who_gave_it_with_the_children_concerned():
    enrolled("Rainbow")
    answer("Rainbow", telling.OAK)
    alias, event = SettingAlias.objects.get(), Event.objects.get(kind="setting.map")
    officer = somebody("data_officer", "council")
    assert (event.by, event.children, event.subject) == (
        officer.pk,
        [the("Ada").pk],
        f"settingalias:{alias.pk}",
    )
    assert (alias.answered_by, alias.answered_at is not None) == (officer.pk, True)


def test_an_answer_for_one_feed_says_nothing_about_the_same_code_of_another():
    enrolled("Rainbow")
    answer("Rainbow", telling.OAK)
    row = {
        "Cms Id": "ED1", "First Name": "Ivy", "Last Name": "Quill", "Date Of Birth": "2015-05-01", "Gender": "F", "Address": "9 High St",
        "Service Involvement": "Current", "Date Of Most Recent Interaction": "", "Start Date Of Last Involvement": "2026-01-05",
        "Coverage End Date": "", "School Name": "Rainbow", "Contact Number": "", "Admission Type": "",
    }  # fmt: skip
    telling.send("family_context_education", row)
    [asked] = settings_to_map()
    assert asked.feed.code == "family_context_education"
    assert the("Ivy").setting is None


def test_a_school_that_reaches_the_register_later_takes_in_who_waited_for_it():
    enrolled(NEW)
    assert the("Ada").setting is None
    bring("gias", school(NEW, "New Primary"))
    ada = the("Ada")
    assert (ada.setting.name, place().setting.urn) == ("New Primary", NEW)
    assert ada.setting_id in ada.reach
    assert look(somebody("school_dsl", f"urn-{NEW}"), ada).status_code == 200


def test_a_school_that_changes_its_name_keeps_its_children():
    before = the("Ada").setting_id
    bring("gias", school(telling.ELM, "Elm Academy"))
    assert (the("Ada").setting_id, the("Ada").setting.name) == (before, "Elm Academy")


def test_children_of_other_settings_are_not_moved_by_an_answer_or_a_register():
    enrolled("Rainbow")
    before = {name: (the(name).setting_id, the(name).reach) for name in ("Ben", "Cal")}
    answer("Rainbow", telling.OAK)
    bring("gias", school(NEW, "New Primary"))
    assert {name: (the(name).setting_id, the(name).reach) for name in ("Ben", "Cal")} == before


def allocated(worker):
    """Bring social care's file with a worker for Ada."""
    return bring("csc_people", *[
        row | ({"Allocated Worker ID": worker, "Allocation Date": telling.days_ago(9)} if row["Forename"] == "Ada" else {})
        for row in telling.known_to_social_care()
    ])  # fmt: skip


def in_directory(worker, name, **more):
    """A row of the directory."""
    return {
        "Worker ID": worker,
        "Name": name,
        "Team": "North",
        "Agency": "csc",
        "Phone": "01632 960207",
        "Email": "",
        **more,
    }


def shown_worker():
    """Who to phone about Ada, as social care's own people read it."""
    line = lines_of(look(somebody("practitioner", "csc"), the("Ada")))["social_worker"]
    return line.contact.name, line.contact.phone


def test_a_worker_the_directory_names_later_is_joined_to_what_named_them():
    allocated("W7")
    fact = Involvement.objects.get(service="social_worker", recorded_to=None)
    assert (fact.content.worker, fact.content.worker_ref) == (None, "W7")
    assert shown_worker()[0] != "Wren Seven"
    bring("professionals", in_directory("W7", "Wren Seven"))
    assert shown_worker() == ("Wren Seven", "01632 960207")


def test_a_worker_who_changes_their_phone_is_shown_with_the_new_one():
    bring("professionals", in_directory("W7", "Wren Seven"))
    allocated("W7")
    bring("professionals", in_directory("W7", "Wren Seven", Phone="01632 960999"))
    assert shown_worker() == ("Wren Seven", "01632 960999")


def test_a_worker_becomes_a_user_by_e_mail_and_then_reaches_their_children():
    user = somebody("practitioner", "young-carers", "wren")
    allocated("W7")
    assert look(user, the("Ada")).status_code == 404
    bring("professionals", in_directory("W7", "Wren Seven", Email=user.email.upper()))
    assert look(user, the("Ada")).status_code == 200


def test_a_directory_row_of_an_agency_nobody_knows_is_left_out_and_counted():
    rows = [in_directory("W7", "Wren Seven"), in_directory("W8", "Who Eight", Agency="nowhere")]
    summary = telling.send("professionals", *rows)
    assert (summary["rows"], summary["accepted"], summary["rejected"]) == (2, 1, 1)


@pytest.mark.parametrize("feed", ["gias", "professionals"])
def test_a_reference_file_of_which_nothing_can_be_used_is_refused_with_what_to_do(feed):
    summary = telling.send(feed, {"Colour": "red", "Size": "4"})
    assert summary["state"] == "refused"
    assert "No row of this file could be used" in summary["reason"]
    assert "nothing was changed" in summary["reason"]
