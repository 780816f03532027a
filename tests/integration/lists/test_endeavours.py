"""What a setting judges, expects and has tried, child by child: kept from its list, a fact on the child's page, taken back."""

from datetime import timedelta

import pytest
from django.db import transaction

from apps.agencies.actions import agree
from apps.agencies.models import Agency
from apps.audit.models import Event
from apps.children.models import Child, Stale
from apps.core.clock import today
from apps.involvements.models import Observation
from apps.lists import releasing
from apps.lists.endeavours import actions
from apps.lists.models import Endeavour
from tests.integration.lists.test_release import ELM, address, as_user, newest, out

YESTERDAY = today() - timedelta(days=1)
RISK = {"said": "high", "on": YESTERDAY, "until": today() + timedelta(days=30), "words": "Hidden injuries"}
EXPECTED = {"said": "not", "on": YESTERDAY, "words": "Anxiety; a plan is agreed"}
CONTACT = {
    "whom": "parent",
    "how": "visit",
    "on": YESTERDAY,
    "said": "no_answer",
    "words": "A parcel was left",
}
SAYINGS = {"risk": RISK, "expected": EXPECTED, "contact": CONTACT}


@pytest.fixture
def released(world):
    """The lists are out."""
    out(world)
    return world


def place(world, child="ada", code=None):
    pk = newest().entries.get(child=world.child(child)).pk
    return f"{address(newest())}child/{pk}/"


def said(world, capture, kind, name="dsl", child="ada", **given):
    """Kept on the page, and made a fact by a worker."""
    given = SAYINGS[kind] | given
    data = {
        f"{kind}-{key}": f"{value:%d/%m/%Y}" if hasattr(value, "year") else value
        for key, value in given.items()
    }
    with capture(execute=True):
        return as_user(world, name).post(f"{place(world, child)}keep/{kind}/", data, follow=True)


def on_page(world, name, child="ada"):
    return as_user(world, name).get(f"/children/{world.child(child).public_id}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "measure", "text", "words"),
    [
        ("risk", "school_risk", "High risk", "Hidden injuries"),
        ("expected", "school_expected", "Not expected", "Anxiety"),
        ("contact", "school_contact", "No answer", "A parcel was left"),
    ],
)
def test_what_a_setting_says_becomes_a_fact_of_the_child(
    released, django_capture_on_commit_callbacks, kind, measure, text, words
):
    Stale.objects.all().delete()
    answer = said(released, django_capture_on_commit_callbacks, kind)
    assert b"Kept." in answer.content and text in answer.content.decode()
    fact = Observation.objects.get(measure=measure, recorded_to=None)
    assert (fact.record.child, fact.agency.code, fact.on, fact.text) == (
        released.child("ada"),
        ELM,
        YESTERDAY,
        text,
    )
    assert words in fact.detail["words"]
    assert Stale.objects.filter(child=released.child("ada")).exists(), "it may count towards a rating"
    kept = Event.objects.get(kind="endeavour.keep")
    assert kept.children == [released.child("ada").pk] and words not in str(kept.detail)


def test_the_childs_page_shows_it_to_the_setting_and_to_whom_an_agreement_allows(
    released, django_capture_on_commit_callbacks
):
    for kind in SAYINGS:
        said(released, django_capture_on_commit_callbacks, kind)
    assert "Hidden injuries" in on_page(released, "dsl")
    assert "Hidden injuries" not in on_page(released, "social_worker")
    assert "What the setting judges" not in on_page(released, "social_worker")
    agree(
        provider=Agency.objects.get(code=ELM), recipient=Agency.objects.get(code="csc"), services=["school_roll"],
        level="content", by=None,
    )  # fmt: skip
    page = on_page(released, "social_worker")
    for words in (
        "High risk",
        "Hidden injuries",
        "Not expected",
        "Parent or carer, home visit",
        "A parcel was left",
    ):
        assert words in page


def test_the_newest_stands_and_an_overdue_review_is_marked(released, django_capture_on_commit_callbacks):
    capture = django_capture_on_commit_callbacks
    said(
        released,
        capture,
        "risk",
        on=today() - timedelta(days=90),
        until=today() - timedelta(days=3),
        words="Old",
    )
    assert "Review overdue" in on_page(released, "dsl")
    said(released, capture, "risk", said="low", words="New")
    page = on_page(released, "dsl")
    assert "Low risk" in page and "Old" not in page.split('id="school-says"')[1].split("</section>")[0]
    assert "Review overdue" not in page
    own = as_user(released, "dsl").get(place(released)).content.decode()
    assert own.index("Low risk") < own.index("High risk"), "the list's page keeps what was before"


@pytest.mark.parametrize(
    ("kind", "given", "error"),
    [
        ("risk", {"said": ""}, "Choose: Level"),
        ("risk", {"until": YESTERDAY}, "Enter a day after the assessment"),
        ("risk", {"words": " "}, "Enter: The risk"),
        ("expected", {"words": ""}, "Say why the child is not expected"),
        ("contact", {"on": today() + timedelta(days=1)}, "Enter a day of the past year"),
        ("contact", {"how": "pigeon"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(
    released, django_capture_on_commit_callbacks, kind, given, error
):
    answer = said(released, django_capture_on_commit_callbacks, kind, **given)
    assert answer.status_code == 422 and error in answer.content.decode()
    assert not Endeavour.objects.exists()


def test_what_was_entered_by_mistake_is_taken_back_and_no_fact_any_more(
    released, django_capture_on_commit_callbacks
):
    capture = django_capture_on_commit_callbacks
    said(released, capture, "contact")
    kept = Endeavour.objects.get()
    with capture(execute=True):
        answer = as_user(released, "dsl").post(f"{place(released)}withdraw/{kept.pk}/", follow=True)
    assert b"Taken back." in answer.content and b"A parcel was left" not in answer.content
    assert not Observation.objects.filter(measure="school_contact", recorded_to=None).exists()
    assert Observation.objects.filter(measure="school_contact").exists(), "that it was known stays known"
    assert (
        b"taken back already"
        in as_user(released, "dsl").post(f"{place(released)}withdraw/{kept.pk}/", follow=True).content
    )


def test_it_is_there_on_the_next_list_and_after_children_were_made_one(
    released, django_capture_on_commit_callbacks
):
    said(released, django_capture_on_commit_callbacks, "risk")
    Child.objects.filter(pk=released.child("ada").pk).update(surname="Ashby-Hill")
    out(released)
    assert newest().version == 2
    assert "Hidden injuries" in as_user(released, "dsl").get(place(released)).content.decode()


@pytest.mark.parametrize("name", ["other_dsl"])
def test_another_settings_lead_gets_the_answer_as_for_nothing(
    released, django_capture_on_commit_callbacks, name
):
    assert as_user(released, name).get(place(released)).status_code == 404
    assert said(released, django_capture_on_commit_callbacks, "risk", name=name).status_code == 404
    own = as_user(released, "dsl").get(f"{address(newest())}child/999999/")
    assert own.status_code == 404 and not Endeavour.objects.exists()


def test_row_level_security_keeps_it_to_the_setting(released, django_capture_on_commit_callbacks):
    from tests.integration.test_rls import as_web

    said(released, django_capture_on_commit_callbacks, "risk")
    asked = "select count(*) from lists_endeavour"
    assert as_web(asked, str(released.users["dsl"].pk)) == [(1,)]
    for name in ("other_dsl", "early_help_officer", "elm_admin", "social_worker"):
        assert as_web(asked, str(released.users[name].pk)) == [(0,)]


def test_a_recalled_list_takes_nothing_more(released, django_capture_on_commit_callbacks):
    where = place(released)
    releasing.recall(listed=newest(), reason="Wrong", by=released.user("supervisor"))
    assert as_user(released, "dsl").get(where).status_code == 410
    answer = as_user(released, "dsl").post(f"{where}keep/risk/", {})
    assert answer.status_code in (404, 410) and not Endeavour.objects.exists()


def test_what_a_dead_worker_left_is_taken_by_the_sweep_once(released):
    from apps.lists.endeavours.queries import entry_on
    from apps.pipeline import tasks

    listed = newest()
    entry = entry_on(listed, listed.entries.get(child=released.child("ada")).pk)
    given = {"said": "high", "on": today(), "until": None, "words": "Now"}
    actions.keep(entry=entry, listed=listed, kind="risk", given=given, by=released.user("dsl"))
    tasks.sweep_lists()
    tasks.sweep_lists()
    assert Observation.objects.filter(measure="school_risk").count() == 1
    assert Event.objects.filter(kind="endeavour.take").count() == 1


@pytest.mark.parametrize("step", ["keep", "withdraw", "take"])
def test_without_its_event_nothing_is_done(released, monkeypatch, step):
    def full(*args, **kwargs):
        raise ConnectionError("the audit record is full")

    listed, by = newest(), released.user("dsl")
    entry = listed.entries.get(child=released.child("ada"))
    given = {"said": "high", "on": today(), "until": None, "words": "Now"}
    kept = actions.keep(entry=entry, listed=listed, kind="risk", given=given, by=by)
    steps = {
        "keep": lambda: actions.keep(entry=entry, listed=listed, kind="risk", given=given, by=by),
        "withdraw": lambda: actions.withdraw(endeavour=kept, by=by),
        "take": actions.take,
    }
    monkeypatch.setattr(actions, "record", full)
    with pytest.raises(ConnectionError), transaction.atomic():
        steps[step]()
    left = Endeavour.objects.get()
    assert (
        left.withdrawn_at is None
        and left.taken_at is None
        and not Observation.objects.filter(measure="school_risk").exists()
    )


def test_a_team_that_answers_for_children_of_no_setting_says_it_of_theirs(
    released, django_capture_on_commit_callbacks
):
    from apps.lists.models import WeeklyList

    welfare = as_user(released, "welfare")
    listed = WeeklyList.objects.filter(setting__code="of-no-setting-unknown").first()
    if listed is None:
        Child.objects.filter(pk=released.child("ben").pk).update(
            dob=today().replace(year=today().year - 9, month=1, day=1)
        )
        out(released)
        listed = WeeklyList.objects.get(setting__code="of-no-setting-unknown")
    assert [entry.forename for entry in listed.entries.all()] == ["Ben"]
    assert welfare.get(address(listed)).status_code == 200
    assert welfare.get(address(newest())).status_code == 404, "a school's list is none of theirs"
    ben = listed.entries.get()
    data = {
        "contact-said": "not_there",
        "contact-whom": "parent",
        "contact-how": "visit",
        "contact-on": f"{YESTERDAY:%d/%m/%Y}",
    }
    with django_capture_on_commit_callbacks(execute=True):
        welfare.post(f"{address(listed)}child/{ben.pk}/keep/contact/", data)
    fact = Observation.objects.get(measure="school_contact", recorded_to=None)
    assert (fact.record.child, fact.text) == (released.child("ben"), "Not at the address")
    with django_capture_on_commit_callbacks(execute=True):
        welfare.post(
            f"{address(listed)}return/send/", {f"e{ben.pk}-contact": "no", f"e{ben.pk}-concern": "some"}
        )
    assert Observation.objects.filter(
        measure="school_concern", recorded_to=None, record__child=released.child("ben")
    ).exists()


def test_an_agreement_does_not_tell_where_a_hidden_child_is(released, django_capture_on_commit_callbacks):
    """What a setting says of a child bears its name."""
    from apps.children.actions import restrict

    said(released, django_capture_on_commit_callbacks, "risk")
    agree(
        provider=Agency.objects.get(code=ELM), recipient=Agency.objects.get(code="early-help"), services=["school_roll"],
        level="content", by=None,
    )  # fmt: skip
    assert "Hidden injuries" in on_page(released, "early_help_officer")
    restrict(child=released.child("ada"), hides="address", reason="Refuge", by=None)
    page = on_page(released, "early_help_officer")
    assert "Hidden injuries" not in page and "Elm Primary" not in page
    assert "Hidden injuries" in on_page(released, "dsl"), "the setting knows where it is"


def test_a_sighting_of_a_return_reaches_whom_the_settings_agreement_allows(
    released, django_capture_on_commit_callbacks
):
    from tests.integration.lists.test_returns import sent

    sent(
        released,
        django_capture_on_commit_callbacks,
        seen_on=f"{YESTERDAY:%d/%m/%Y}",
        seen_by="J. Marr",
        attended="some",
    )
    assert "J. Marr" in on_page(released, "dsl") and "J. Marr" not in on_page(released, "social_worker")
    agree(
        provider=Agency.objects.get(code=ELM), recipient=Agency.objects.get(code="csc"), services=["school_roll"],
        level="content", by=None,
    )  # fmt: skip
    page = on_page(released, "social_worker")
    assert "J. Marr" in page and "Some days" in page
