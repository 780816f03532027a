"""A source that is late is named on every page whose answer it weakens, to those who may know of its services."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.core.clock import today, week_of
from apps.extracts.models import Extract
from apps.lists.actions import publish
from apps.lists.weeks import name_of
from apps.ragp.actions import assess
from apps.ragp.models import Scheme
from apps.triage import actions as triage
from apps.triage.cohorts import actions as cohorts
from tests.integration.ragp.facts import days_ago, involve
from tests.world import SCHOOL_URN

WEEK = name_of(week_of(today()))
LIST = [f"urn-{SCHOOL_URN}", WEEK]
SINCE = "not checked since"


@pytest.fixture
def late(world):
    """Early help has said nothing for forty days, and Cleo's rating has changed."""
    Scheme.objects.update(watched_from=timezone.now())
    involve(world.child("cleo"), "child_protection", days_ago(3))
    assess(by=None)
    triage.open_items(by=None)
    Extract.objects.filter(feed__code="early_help").update(as_of=today() - timedelta(days=40))
    publish(week=week_of(today()), by=None)


@pytest.fixture
def look(client, world):
    """A page as somebody of the cast sees it."""

    def at(who, page, *given, **posted):
        client.force_login(world.user(who))
        address = reverse(page, args=given)
        return (client.post(address, posted, follow=True) if posted else client.get(address)).content.decode()

    return at


PAGES = {
    "home of a practitioner": ("social_worker", "home"),
    "home of early help": ("early_help_officer", "home"),
    "home of a supervisor": ("supervisor", "home"),
    "home of reviews": ("review_admin", "home"),
    "home of leadership": ("leader", "home"),
    "queue": ("early_help_officer", "triage:queue"),
    "team": ("supervisor", "triage:team"),
    "all lists": ("early_help_officer", "lists:officer"),
    "a setting's list": ("early_help_officer", "lists:any-list", *LIST),
    "fairness": ("leader", "profiles:fairness"),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_page_says_since_when_a_late_source_has_not_been_asked(late, look, page):
    assert f"Early help: {SINCE}" in look(*page)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_it_says_nothing_while_every_source_is_fresh(world, look, page):
    publish(week=week_of(today()), by=None)
    assert SINCE not in look(*page)


def test_the_childs_page_and_what_is_found_say_it(late, look, world):
    cleo = world.child("cleo").public_id
    assert f"Early help: {SINCE}" in look("early_help_officer", "profiles:child", cleo)
    assert f"Early help: {SINCE}" in look("early_help_officer", "profiles:search", name="Cole")
    asked = {"surname": "Nobody", "forename": "Known", "dob": "04/05/2022"}
    assert f"Early help: {SINCE}" in look("early_help_officer", "profiles:known", **asked)


def test_the_change_that_is_open_and_its_decision_say_it(late, look, world):
    page = look("early_help_officer", "triage:queue")
    panel = page[page.index('id="decide"') :]
    assert f"Early help: {SINCE}" in panel
    child = str(world.child("cleo").public_id)
    assert f"Early help: {SINCE}" in look("early_help_officer", "triage:decide", item=child, choose="1")


def test_a_list_says_what_was_late_when_it_was_published(world, look):
    publish(week=week_of(today()), by=None)
    assert SINCE not in look("dsl", "lists:list", *LIST)
    Extract.objects.filter(feed__code="early_years_roll").update(as_of=today() - timedelta(days=40))
    assert f"Early years roll: {SINCE}" in look("dsl", "lists:list", *LIST)
    assert f"Early years roll: {SINCE}" in look("dsl", "home")


def test_a_school_is_not_told_of_a_source_whose_service_is_not_shared_with_it(world, look):
    publish(week=week_of(today()), by=None)
    Extract.objects.filter(feed__code="camhs").update(as_of=today() - timedelta(days=40))
    assert f"CAMHS: {SINCE}" in look("health", "home")
    for page in (("dsl", "lists:list", *LIST), ("dsl", "home")):
        assert "CAMHS" not in look(*page)


@pytest.mark.parametrize(("service", "says"), [("early_help", True), ("child_protection", False)])
def test_a_cohort_names_only_the_sources_of_its_own_conditions(late, look, world, service, says):
    of_whom = [{"kind": "open", "subject": service}]
    made = cohorts.make(
        name="x", conditions=of_whom, unseen_days=None, shared=False, by=world.user("early_help_officer")
    )
    assert (f"Early help: {SINCE}" in look("early_help_officer", "cohorts:cohort", made.pk)) is says
