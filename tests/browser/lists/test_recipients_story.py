"""A school says who reads its lists; its lead then enters a risk assessment, with and without JavaScript."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.access.actions import grant
from apps.agencies.models import Agency
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.models import Verification
from apps.lists.weeks import name_of
from tests.browser.conftest import WIDTHS, check_page
from tests.world import SCHOOL_URN

pytestmark = pytest.mark.django_db

WEEK = week_of(today())
LIST = f"/lists/mine/urn-{SCHOOL_URN}/{name_of(WEEK)}/"


@pytest.fixture(scope="module")
def deputy(town, django_db_blocker):
    """The lists are out; a deputy has an account and waits to be verified."""
    with django_db_blocker.unblock():
        school = Agency.objects.get(code=f"urn-{SCHOOL_URN}")
        grant(user=town.world.users["outsider"], agency=school, role="school_dsl", by=None)
        publish(week=WEEK, by=None)
    return town


@pytest.fixture
def given_i_am(open_page, deputy):
    """A page of somebody of the cast."""

    def signed_in(name, path, **options):
        return open_page(f"{deputy.url}{path}", cookies=deputy.cookies(name), **options)

    return signed_in


@pytest.mark.parametrize("width", WIDTHS)
def test_who_waits_is_told_whom_to_ask(given_i_am, width):
    page = given_i_am("outsider", LIST, width=width)
    expect(page.get_by_text("You are not verified this term.")).to_be_visible()
    expect(page.get_by_text("Elm_Admin Test")).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_administrators_page_is_accessible_and_fits(given_i_am, width):
    page = given_i_am("elm_admin", "/lists/recipients/", width=width)
    expect(page.get_by_text("1 person waits for you")).to_be_visible()
    check_page(page)
    check_page(given_i_am("elm_admin", "/", width=width))


@pytest.mark.parametrize("width", WIDTHS)
def test_early_help_sees_who_waits(given_i_am, width):
    page = given_i_am("early_help_officer", "/lists/", width=width)
    page.get_by_role("link", name="Show who, and whom to ask").click()
    expect(page.get_by_text("Outsider Test")).to_be_visible()
    check_page(page)


def test_i_verify_a_deputy_and_take_it_back_without_javascript(given_i_am):
    page = given_i_am("elm_admin", "/lists/recipients/", javascript=False)
    page.get_by_role("button", name="Verify Outsider Test").click()
    expect(page.get_by_text("Outsider Test reads the lists until")).to_be_visible()
    expect(given_i_am("outsider", LIST).locator("h1")).to_contain_text("Elm Primary School")
    row = page.get_by_role("row", name="Outsider Test")
    row.get_by_text("No longer reads").click()
    row.get_by_label("Why").fill("Left the school")
    row.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Outsider Test no longer opens the lists.")).to_be_visible()
    check_page(page)
    assert Verification.objects.filter(ended_at=None, user__username__startswith="outsider").count() == 0


def when_i_enter_a_risk(page):
    page.get_by_text("Enter a risk assessment").click()
    form = page.locator("form[action*='keep/risk']")
    form.get_by_label("Level").select_option(label="High risk")
    form.get_by_label("Look at it again on").fill(f"{today() + timedelta(days=30):%d/%m/%Y}")
    form.get_by_label("The risk, and what you do about it").fill(
        "A member of staff meets the child at the gate."
    )
    form.get_by_role("button", name="Keep").click()
    page.get_by_text("Kept.").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_i_enter_a_risk_assessment_from_the_list(given_i_am, javascript):
    page = given_i_am("dsl", LIST + "?show=all", javascript=javascript)
    page.get_by_role("link", name=re.compile("Risk and contacts.*Ada")).click()
    when_i_enter_a_risk(page)
    expect(page.get_by_text("A member of staff meets the child").first).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_could_not_be_kept_is_said_at_its_field(given_i_am, width):
    page = given_i_am("dsl", LIST + "?show=all", width=width)
    page.get_by_role("link", name=re.compile("Risk and contacts.*Ada")).click()
    page.get_by_text("Enter an attempt").click()
    form = page.locator("form[action*='keep/contact']")
    for label, answer in (("Whom", "Child"), ("How", "Phone"), ("Outcome", "No answer")):
        form.get_by_label(label, exact=True).select_option(label=answer)
    form.get_by_label("Day").fill(f"{today() + timedelta(days=1):%d/%m/%Y}")
    form.get_by_role("button", name="Keep").click()
    page.get_by_text("There is a problem").first.wait_for()
    check_page(page)
