"""Every page with a child on it leaves one event naming the children shown; pages without leave none; refusals leave theirs."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from apps.audit.models import Event
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.weeks import name_of
from apps.matching.acts import actions as acts
from apps.matching.models import Act, Question, SecondLook
from apps.reviews.models import Action, CaseReview
from tests.integration.reviews.reviewing import act as act_of
from tests.integration.reviews.reviewing import raised
from tests.kept import kept_for_module
from tests.world import OTHER_SCHOOL_URN, SCHOOL_URN, bring

WEEK = name_of(week_of(today()))
OWN = [f"urn-{SCHOOL_URN}", WEEK]
TWIN = {
    "EHM ID": "H9", "Forename": "Adam", "Surname": "Ashby", "Date of Birth": "04/05/2022", "Address": "1 First Street",
    "Postcode": "ZZ2 1ZZ", "Episode ID": "E9", "Start Date": "01/10/2026", "Support Level": "Family support",
}  # fmt: skip
ROLL = [
    {"Child Ref": number, "Forename": forename, "Surname": surname, "Date of Birth": born, "Postcode": "ZZ2 1ZZ",
     "Setting URN": urn, "Setting Name": "", "Start Date": "01/09/2026", "Leaving Date": ""}
    for number, surname, forename, born, urn in (
        ("Y1", "Ashby", "Ada", "05/04/2022", SCHOOL_URN), ("Y3", "Cole", "Cleo", "04/05/2022", OTHER_SCHOOL_URN),
        ("Y4", "Dunne", "Dan", "04/05/2022", SCHOOL_URN),
    )
]  # fmt: skip

#: who, address, arguments, query -> kind and the children named
LOOKS = {
    "a child's page": ("social_worker", "profiles:child", "ada", {}, "child.look", {"ada"}),
    "a child's page beside whom it may be": ("data_officer", "profiles:child", "ada", {}, "child.look", {"ada", "adam"}),
    "a child's family": ("social_worker", "family:edit", "ada", {}, "family.look", {"ada"}),
    "a child's page of then": ("social_worker", "profiles:child", "ada", {"as_at": "01/01/2026"}, "child.look", {"ada"}),
    "a page refused": ("social_worker", "profiles:child", "ben", {}, "child.look", set()),
    "the queue": ("early_help_officer", "triage:queue", None, {}, "triage.look", {"adam", "cleo"}),
    "the own list": ("dsl", "lists:list", OWN, {"show": "all"}, "list.open", {"ada", "dan"}),
    "the own list as a workbook": ("dsl", "lists:xlsx", OWN, {"show": "all"}, "list.download", {"ada", "dan"}),
    "the own list as a table": ("dsl", "lists:csv", OWN, {"show": "all"}, "list.download", {"ada", "dan"}),
    "the own list as a PDF": ("dsl", "lists:pdf", OWN, {"show": "all"}, "list.download", {"ada", "dan"}),
    "the own list to return": ("dsl", "lists:return", OWN, {"show": "all"}, "list.open", {"ada", "dan"}),
    "a list as the officer": ("early_help_officer", "lists:any-list", OWN, {"show": "all"}, "list.open", {"ada"}),
    "a file as the officer": ("early_help_officer", "lists:any-csv", OWN, {"show": "all"}, "list.download", {"ada"}),
    "the first page of a social worker": ("social_worker", "home", None, {}, "home.look", {"ada"}),
    "fields in question": ("data_officer", "pipeline:fields", None, {}, "field.look", {"ada"}),
    "open questions": ("data_officer", "pipeline:questions", None, {}, "question.look", {"adam", "ada"}),
    "one question": ("data_officer", "pipeline:question", lambda: [Question.objects.get().pk], {}, "question.look", {"adam", "ada"}),
    "what is wrong with a child": ("data_officer", "pipeline:place", "ada", {}, "child.look", {"ada", "adam", "cleo"}),
    "merges to approve": ("review_admin", "pipeline:approvals", None, {}, "act.look", {"ada", "cleo"}),
    "a merge": ("review_admin", "pipeline:act", lambda: [Act.objects.get().pk], {}, "act.look", {"ada", "cleo"}),
    "reviews": ("social_worker", "reviews:queue", None, {}, "review.look", {"ada"}),
    "a review": ("social_worker", "reviews:review", lambda: [CaseReview.objects.get().public_id], {}, "review.look", {"ada"}),
    "actions": ("social_worker", "reviews:log", None, {}, "review.look", {"ada"}),
    "an action": ("social_worker", "reviews:action", lambda: [Action.objects.get().pk], {}, "review.look", {"ada"}),
    "a child's actions": ("social_worker", "reviews:of-child", "ada", {}, "review.look", {"ada"}),
    "who leads": ("social_worker", "reviews:lead", "ada", {}, "review.look", {"ada"}),
    "the form of a review": ("social_worker", "reviews:raise", "ada", {}, "review.look", {"ada"}),
    "a second look": ("data_officer", "pipeline:second-look", None, {}, "question.look", {"ada"}),
}  # fmt: skip
NO_CHILD = {
    "imports": ("data_officer", "pipeline:feeds"),
    "the upload form": ("data_officer", "pipeline:upload"),
    "codes of settings": ("data_officer", "pipeline:settings-to-map"),
    "codes answered": ("data_officer", "pipeline:settings-answered"),
    "data quality": ("data_officer", "pipeline:quality"),
    "the team": ("supervisor", "triage:team"),
    "cohorts": ("early_help_officer", "cohorts:index"),
    "the form of a cohort": ("early_help_officer", "cohorts:new"),
    "the week's lists": ("early_help_officer", "lists:officer"),
    "like cases": ("data_officer", "pipeline:alike"),
    "settings' word on their rolls": ("data_officer", "lists:rolls"),
    "agencies asked": ("data_officer", "pipeline:asked"),
    "figures of matching": ("governance", "pipeline:linkage-quality"),
    "meetings": ("social_worker", "reviews:meetings"),
    "types of review": ("review_admin", "reviews:types"),
    "the search form": ("social_worker", "profiles:search"),
}


@pytest.fixture(scope="module")
def _opened(_cast, django_db_blocker):
    with kept_for_module(django_db_blocker):
        yield prepared(_cast)


@pytest.fixture
def opened(_opened, db):
    """Made once a module, as new for each test."""
    return _opened


def prepared(world):
    """Lists are out, one question is open, one change waits, and of Ada two agencies say two birth dates."""
    publish(week=week_of(today()), by=None)
    bring("early_help", TWIN)
    bring("early_years_roll", *ROLL)
    adam = world.children["adam"] = type(world.child("ada")).objects.get(forename="Adam")
    assert adam.provisional
    officer = world.user("data_officer")
    act = acts.draft(kind="merge", child=world.child("ada"), target=world.child("cleo"), by=officer)
    acts.propose(act=act, reason="One child", preview={}, by=officer)
    linked = world.child("ada").records.earliest("pk").links.get(recorded_to=None)
    SecondLook.objects.create(
        week=week_of(today()), record=linked.record, child=linked.child, decision=linked.decision
    )
    act_of(world, raised(world))
    return world


def visit(world, who, name, given, query):
    client = Client()
    client.force_login(world.user(who))
    arguments = (
        given() if callable(given) else [world.child(given).public_id] if isinstance(given, str) else given
    )
    before = Event.objects.latest("pk").pk
    answer = client.get(reverse(name, args=arguments), query)
    return answer, Event.objects.filter(pk__gt=before)


@pytest.mark.parametrize("page", LOOKS)
def test_a_look_is_one_event_with_the_children_shown(opened, page):
    who, name, given, query, kind, children = LOOKS[page]
    answer, events = visit(opened, who, name, given, query)
    assert answer.status_code == (404 if not children else 200)
    [event] = events
    assert (event.kind, event.by) == (kind, opened.users[who].pk)
    assert set(event.children) == {opened.children[child].pk for child in children}


@pytest.mark.parametrize("page", NO_CHILD)
def test_a_page_without_children_leaves_no_event(opened, page):
    who, name = NO_CHILD[page]
    answer, events = visit(opened, who, name, None, {})
    assert answer.status_code == 200
    assert [event.kind for event in events] == []


@pytest.mark.parametrize("page", LOOKS)
def test_who_may_not_leaves_a_refusal_that_names_no_child(opened, page):
    _, name, given, query, _, _ = LOOKS[page]
    answer, events = visit(opened, "outsider", name, given, query)
    assert answer.status_code == 403
    [event] = events
    assert (event.kind, event.children, event.subject) == ("access.refused", [], name)


@pytest.mark.parametrize("page", LOOKS)
def test_without_its_event_nothing_is_shown(opened, page, monkeypatch):
    who, name, given, query, kind, _ = LOOKS[page]

    def fails(*args, **kwargs):
        raise ConnectionError("the audit record is full")

    module = {"child": "apps.pipeline.looks" if name == "pipeline:place" else "apps.profiles.actions",
              "act": "apps.pipeline.looks", "triage": "apps.triage.actions", "list": "apps.lists.actions",
              "question": "apps.pipeline.looks", "field": "apps.pipeline.looks", "family": "apps.pipeline.looks",
              "home": "apps.profiles.actions", "review": "apps.reviews.actions.raising"}[kind.split(".")[0]]  # fmt: skip
    monkeypatch.setattr(f"{module}.record", fails)
    with pytest.raises(ConnectionError):
        visit(opened, who, name, given, query)


def test_a_search_is_one_event_with_what_was_found_and_no_word_of_what_was_typed(opened):
    client = Client()
    client.force_login(opened.user("social_worker"))
    before = Event.objects.latest("pk").pk
    answer = client.post(reverse("profiles:search"), {"name": "Ashby"})
    [event] = Event.objects.filter(pk__gt=before)
    assert (event.kind, event.by) == ("search.run", opened.users["social_worker"].pk)
    assert event.children == [opened.children["ada"].pk]
    assert "shby" not in str(event.detail).lower() + event.subject
    client.get(answer.url)
    assert not Event.objects.filter(pk__gt=event.pk).exclude(children=[opened.children["ada"].pk]).exists()


@pytest.mark.parametrize("child", ["ada", "ben"])
def test_the_command_is_a_look_by_the_command(opened, child, capsys):
    before = Event.objects.latest("pk").pk
    call_command("child", str(opened.child(child).public_id), "--json")
    [event] = Event.objects.filter(pk__gt=before)
    assert (event.kind, event.by, event.by_label) == ("child.look", None, "manage.py child")
    assert event.children == [opened.children[child].pk]
