"""A supervisor shares out the queue, is told of what is over its time, and looks at decisions again; an officer builds a cohort."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.ragp.actions import assess
from apps.triage import actions
from apps.triage.cohorts.actions import work_out_all
from apps.triage.models import Decision, Item
from apps.triage.team.actions import draw
from tests.browser.conftest import WIDTHS, check_page
from tests.integration.ragp.facts import child, days_ago, involve
from tests.integration.triage.queueing import shared

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def busy(town, django_db_blocker):
    """Changes wait, one beyond its time; one was decided last week, without anything done."""
    with django_db_blocker.unblock():
        publish(week=week_of(today()), by=None)
        shared()
        known = [child(surname=name, forename="Max") for name in ("Late", "Done", "Plan")]
        for each in known:
            involve(each, "child_protection", days_ago(3))
        assess(by=None)
        actions.open_items(by=None)
        late, done = (Item.objects.get(child=each) for each in known[:2])
        Item.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=2))
        actions.escalate(by=None)
        actions.decide(
            items=[done],
            outcome="no_action",
            reason="Known to the school",
            by=town.world.user("early_help_officer"),
        )
        Decision.objects.update(at=timezone.now() - timedelta(days=7))
        draw(week=week_of(today()) - timedelta(days=7), by=None)
    return town


@pytest.fixture
def given_the_page(open_page, busy):
    """A page as one of the cast."""

    def at(path, who="supervisor", **options):
        return open_page(f"{busy.url}{path}", cookies=busy.cookies(who), **options)

    return at


def the_worker_works_it_out():
    """On a connection of its own, so that it is really committed."""

    def work():
        work_out_all(by=None, only_new=True)
        connection.close()

    worker = Thread(target=work)
    worker.start()
    worker.join(20)


def fits(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def test_the_first_page_begins_with_clocks_that_have_run_out(given_the_page):
    page = given_the_page("/")
    expect(page.locator("#told").get_by_text("LATE, Max")).to_be_visible()
    fits(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_i_let_an_officer_take_a_school_and_take_it_away_again(given_the_page, javascript):
    page = given_the_page("/triage/team/", javascript=javascript)
    page.get_by_label("Officer", exact=True).select_option(label="Early_Help_Officer Test")
    page.get_by_label("School or setting").select_option(label="Elm Primary School")
    page.get_by_role("button", name="Let the officer take it").click()
    expect(page.locator("#takes").get_by_text("Elm Primary School").first).to_be_visible()
    if javascript:
        fits(page)
    page.get_by_role("button", name="Take away").click()
    expect(page.get_by_text("Nobody takes a school")).to_be_visible()


def test_what_is_wrong_with_an_allocation_is_said(given_the_page):
    page = given_the_page("/triage/team/")
    page.get_by_role("button", name="Let the officer take it").click()
    expect(page.get_by_role("link", name="Choose an officer")).to_be_visible()
    fits(page)


def test_i_look_at_a_decision_again_and_send_it_back(given_the_page):
    page = given_the_page("/triage/second-looks/")
    fits(page)
    panel = page.locator("section", has_text="DONE, Max").first
    panel.get_by_label("No: put it back in the queue").check()
    panel.get_by_label("Note").fill("The plan began that day")
    panel.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Nothing to look at again.")).to_be_visible()
    expect(page.locator("#agreement").get_by_text("0%")).to_be_visible()
    fits(page)


def test_an_officer_does_not_reach_the_supervisors_pages(given_the_page):
    for path in ("/triage/team/", "/triage/second-looks/"):
        page = given_the_page(path, who="early_help_officer")
        expect(page.locator("h1")).to_have_text("You may not do that")


def test_i_ask_for_the_daily_e_mail_and_stop_it(given_the_page):
    page = given_the_page("/triage/")
    page.get_by_role("button", name="Send me the daily e-mail").click()
    page.get_by_role("button", name="Stop the daily e-mail").click()
    expect(page.get_by_text("The daily e-mail is stopped.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_i_build_a_cohort_read_it_back_and_watch_it(given_the_page, javascript):
    page = given_the_page("/cohorts/new/", who="early_help_officer", javascript=javascript)
    first = page.get_by_role("group", name="Condition 1")
    first.get_by_label("What holds").select_option(label="The service is involved today")
    first.get_by_label("Service or measure").select_option(label="Child protection plan")
    page.get_by_label("Name", exact=True).fill(f"On a plan {javascript}")
    page.get_by_role("button", name="Read it back").click()
    expect(page.locator("#read-back").get_by_text("Child protection plan is involved today.")).to_be_visible()
    if javascript:
        fits(page)
    page.get_by_role("button", name="Keep the cohort").click()
    expect(page.get_by_text("Being worked out")).to_be_visible()
    the_worker_works_it_out()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("PLAN, Max")).to_be_visible()
    page.get_by_role("button", name="Watch it").click()
    expect(page.get_by_text("Watched since")).to_be_visible()
    if javascript:
        fits(page)
        page.goto(page.url.rsplit("/", 2)[0] + "/")
        fits(page)


def test_a_list_leaves_only_with_a_reason(given_the_page):
    page = given_the_page("/cohorts/", who="early_help_officer")
    page.get_by_role("link", name="On a plan True").click()
    page.get_by_label("What is the file for?").fill("For the panel on Thursday")
    with page.expect_download() as got:
        page.get_by_role("button", name="Download the list").click()
    assert got.value.suggested_filename.endswith(".xlsx")
