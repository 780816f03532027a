"""Every page that names a child leaves an event that says whose, by whom."""

import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Event
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.weeks import name_of
from apps.ragp.actions import assess
from apps.ragp.models import Scheme
from apps.reviews.actions import take_raised
from apps.triage import actions as triage
from apps.triage.models import Item
from tests.integration.ragp.facts import days_ago, involve
from tests.world import SCHOOL_URN


@pytest.fixture
def moved(world):
    """Ada's rating moved and her school has its list."""
    week = week_of(today())
    publish(week=week.fromordinal(week.toordinal() - 7), by=None)
    Scheme.objects.update(watched_from=timezone.now())
    involve(world.child("ada"), "child_protection", days_ago(1))
    assess(by=None)
    triage.open_items(by=None)
    publish(week=week, by=None)
    return world.child("ada")


def looks(world, who, kind):
    return list(Event.objects.filter(kind=kind, by=world.users[who].pk).order_by("pk"))


@pytest.mark.parametrize("who", ["social_worker", "early_help_officer", "dsl"])
def test_the_children_named_on_a_first_page(client, world, moved, who):
    client.force_login(world.user(who))
    shown = client.get(reverse("home"))
    assert b"ASHBY" in shown.content or b"Ashby" in shown.content
    (event,) = looks(world, who, "home.look")
    assert moved.pk in event.children


def test_the_reviews_raised_on_a_review_administrators_first_page(client, world, moved):
    triage.decide(
        items=[Item.objects.get(child=moved, state="open")],
        outcome="raise_review",
        reason="Meet",
        by=world.user("early_help_officer"),
    )
    take_raised(by=None)
    client.force_login(world.user("review_admin"))
    client.get(reverse("home"))
    (event,) = looks(world, "review_admin", "home.look")
    assert event.children == [moved.pk]


@pytest.mark.parametrize("who", ["leader", "governance", "sysadmin", "data_officer", "outsider"])
def test_a_first_page_without_children_is_no_look_at_any(client, world, moved, who):
    client.force_login(world.user(who))
    shown = client.get(reverse("home"))
    assert b"ASHBY" not in shown.content.upper()
    assert not looks(world, who, "home.look")


def test_the_children_of_a_decision_to_be_taken(client, world, moved):
    client.force_login(world.user("early_help_officer"))
    shown = client.post(reverse("triage:decide"), {"item": str(moved.public_id), "choose": ""})
    assert b"ASHBY" in shown.content
    assert [event.children for event in looks(world, "early_help_officer", "triage.look")] == [[moved.pk]]


@pytest.mark.parametrize(
    "ending, kind", [("/", "list.open"), (".csv", "list.download"), (".xlsx", "list.download")]
)
@pytest.mark.parametrize("who, prefix", [("dsl", "mine"), ("early_help_officer", "all")])
def test_a_list_opened_or_taken(client, world, moved, who, prefix, ending, kind):
    client.force_login(world.user(who))
    address = f"/lists/{prefix}/urn-{SCHOOL_URN}/{name_of(week_of(today()))}{ending}"
    assert client.get(address, {"show": "all"}).status_code == 200
    (event,) = looks(world, who, kind)
    assert moved.pk in event.children


def test_a_search_and_a_page_refused(client, world, moved):
    client.force_login(world.user("health"))
    client.get(reverse("profiles:child", args=[moved.public_id]))
    client.post(reverse("profiles:search"), {"name": "Ashby"})
    (look,), (search,) = looks(world, "health", "child.look"), looks(world, "health", "search.run")
    assert (look.children, look.detail["refused"]) == ([], True)
    assert search.children == []
    assert "Ashby" not in str(search.detail)


def test_a_page_that_fails_tells_no_child_in_the_log(client, world, moved, monkeypatch, caplog):
    def fail(*args, **options):
        raise ValueError("Ada Ashby, 1 First Street")

    monkeypatch.setattr("apps.profiles.presenters.page.page", fail)
    client.force_login(world.user("social_worker"))
    client.raise_request_exception = False
    shown = client.get(reverse("profiles:child", args=[moved.public_id]))
    assert shown.status_code == 500
    (handler,) = (
        each for each in logging.getLogger("django").handlers if each.formatter and each.name == "stderr"
    )
    told = [handler.format(entry) for entry in caplog.records]
    assert any("ValueError" in line for line in told)
    for text in (shown.content.decode(), *told):
        assert "Ashby" not in text and "First Street" not in text
