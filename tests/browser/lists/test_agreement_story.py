"""A school has begun its return when the agreement behind its list ends: the list is closed, and once renewed is as it was left."""

import pytest
from playwright.sync_api import expect

from apps.agencies.actions import end_agreement
from apps.agencies.models import SharingAgreement
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.models import Asking
from apps.lists.weeks import name_of
from tests.browser.conftest import WIDTHS, check_page
from tests.world import SCHOOL_URN

pytestmark = pytest.mark.django_db

WEEK = week_of(today())
PLACE = f"/lists/mine/urn-{SCHOOL_URN}/{name_of(WEEK)}/"


@pytest.fixture(scope="module")
def lists(town, django_db_blocker):
    """This week's lists are out and ask about everybody."""
    with django_db_blocker.unblock():
        Asking.objects.create(from_week=WEEK, who="all")
        publish(week=WEEK, by=None)
    return town


@pytest.fixture(scope="module")
def agreements_ended(lists, django_db_blocker):
    """What is shared with schools ended yesterday."""
    with django_db_blocker.unblock():
        for each in SharingAgreement.objects.filter(recipient_kind="school"):
            end_agreement(agreement=each, reason="Under review", by=lists.world.users["sysadmin"])


@pytest.fixture(scope="module")
def agreements_renewed(agreements_ended, django_db_blocker):
    """It is shared again."""
    with django_db_blocker.unblock():
        SharingAgreement.objects.filter(recipient_kind="school").update(valid_until=None)


@pytest.fixture
def given_i_am(open_page, lists):
    """A page of somebody of the cast."""

    def signed_in(name, path, **options):
        return open_page(f"{lists.url}{path}", cookies=lists.cookies(name), **options)

    return signed_in


def attended(page):
    return page.get_by_label("Attended this week: Ashby", exact=False).first


def test_i_begin_the_return(given_i_am):
    page = given_i_am("dsl", PLACE + "return/", javascript=False)
    attended(page).select_option(label="Some days")
    page.get_by_role("button", name="Save").first.click()
    expect(attended(page)).to_have_value("some")


@pytest.mark.parametrize("width", WIDTHS)
def test_then_the_agreement_ends_and_the_list_says_so(agreements_ended, given_i_am, width):
    page = given_i_am("dsl", "/lists/mine/", width=width)
    expect(page.locator("h1")).to_have_text("This list is closed")
    expect(page.get_by_text("information governance officer")).to_be_visible()
    assert "ashby" not in page.content().lower()
    check_page(page)
    page.goto(page.url.rstrip("/") + "/return/")
    expect(page.locator("h1")).to_have_text("This list is closed")
    check_page(given_i_am("dsl", "/", width=width))


def test_and_those_who_publish_see_which_are_closed_and_why(agreements_ended, given_i_am):
    page = given_i_am("early_help_officer", "/lists/")
    expect(page.get_by_text("Closed: an agreement has ended")).to_have_count(2)
    check_page(page)
    page.get_by_role("link", name="Elm Primary School").click()
    expect(page.get_by_text("Nobody at Elm Primary School can open this list")).to_be_visible()
    check_page(page)


def test_renewed_it_opens_with_the_return_as_i_left_it(agreements_renewed, given_i_am):
    page = given_i_am("dsl", "/lists/mine/")
    expect(page.locator("h1")).to_contain_text("Elm Primary School: list for the week of")
    page.get_by_role("link", name="Return this list").click()
    expect(attended(page)).to_have_value("some")
