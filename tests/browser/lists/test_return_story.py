"""A safeguarding lead reads, acknowledges and returns a list of thirty; a recall closes it in the other tab."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.models import Answer, Asking
from apps.lists.weeks import name_of
from tests.browser.conftest import WIDTHS, check_page
from tests.world import SCHOOL_URN, bring

pytestmark = pytest.mark.django_db

WEEK = week_of(today())
PLACE = f"/lists/mine/urn-{SCHOOL_URN}/{name_of(WEEK)}/"
THIRTY = 30
#: A minute of reading is a person's; the page may not take more than this of the two minutes there are.
SECONDS = 60


@pytest.fixture(scope="module")
def thirty(town, django_db_blocker):
    """Thirty children on the roll of the school, whose list is out and asks about all of them."""
    with django_db_blocker.unblock():
        names = [
            f"{a}{b}" for a in ("Al", "Be", "Co", "Di", "El", "Fi") for b in ("ba", "co", "du", "fe", "gi")
        ]
        bring(
            "early_years_roll",
            *(
                {
                    "Child Ref": f"T{number}",
                    "Forename": name,
                    "Surname": f"Thirty{name[::-1].title()}",
                    "Date of Birth": f"{number + 1:02}/06/2022",
                    "Postcode": f"ZZ{number % 9 + 1} 7ZZ",
                    "Setting URN": SCHOOL_URN,
                    "Start Date": "01/09/2026",
                }
                for number, name in enumerate(names)
            ),
        )
        Asking.objects.create(from_week=WEEK, who="all")
        publish(week=WEEK, by=None)
    return town


@pytest.fixture
def given_i_am(open_page, thirty):
    """A page of somebody of the cast."""

    def signed_in(name, path, **options):
        return open_page(f"{thirty.url}{path}", cookies=thirty.cookies(name), **options)

    return signed_in


def when_i_acknowledge(page):
    page.get_by_role("button", name="I have read this list").click()
    expect(page.get_by_text("Read by Dsl Test")).to_be_visible()


def when_i_answer_for(page, number):
    row = page.locator("tbody tr").nth(number)
    row.locator("select").nth(0).select_option(label="Every day")
    row.locator("td input").nth(0).fill(f"{today() - timedelta(days=1):%d/%m/%Y}")
    row.locator("td input").nth(1).fill("J. Marr")
    row.locator("select").nth(1).select_option(label="No concern")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_return_is_accessible_and_fits(given_i_am, width):
    page = given_i_am("dsl", PLACE + "return/", width=width)
    assert page.locator("tbody tr").count() >= THIRTY
    check_page(page)


def test_i_acknowledge_and_return_thirty_children_in_under_two_minutes(given_i_am, django_db_blocker):
    page = given_i_am("dsl", PLACE)
    began = time.monotonic()
    when_i_acknowledge(page)
    page.get_by_role("link", name="Return this list").click()
    for number in range(THIRTY):
        when_i_answer_for(page, number)
    page.get_by_text(f"{THIRTY} children filled in.").wait_for()
    assert Answer.objects.count() == THIRTY, "kept without a button"
    page.get_by_role("button", name="Send this return").click()
    page.get_by_text("The return is sent: 30 children.").wait_for()
    assert time.monotonic() - began < SECONDS
    check_page(page)


def test_without_javascript_two_buttons_do_the_same(given_i_am):
    page = given_i_am("dsl", PLACE + "return/?", javascript=False)
    when_i_answer_for(page, 0)
    other = page.locator("tbody tr").nth(1)
    other.locator("td input").nth(0).fill("")
    other.locator("td input").nth(1).fill("Nobody knows when")
    page.get_by_role("button", name="Save for now").click()
    expect(page.get_by_text("Some answers could not be kept.")).to_be_visible()
    check_page(page)


def test_the_officers_page_of_one_list_is_accessible(given_i_am):
    page = given_i_am("early_help_officer", PLACE.replace("mine", "all"))
    expect(page.get_by_role("heading", name="Way of this list")).to_be_visible()
    check_page(page)


def when_an_officer_recalls(given_i_am):
    """In a browser of their own, and ends at the note that this begins."""
    page = given_i_am("supervisor", PLACE.replace("mine", "all"))
    page.get_by_text("Recall this list").click()
    page.get_by_label("Why").fill("A line of another child")
    page.get_by_role("button", name="Recall").click()
    return page


def test_recalled_while_open_in_another_tab_the_list_says_so(given_i_am):
    page = given_i_am("dsl", PLACE + "return/")
    note = when_an_officer_recalls(given_i_am)
    expect(note.locator("h1")).to_contain_text("Recalled: Elm Primary School")
    expect(note.get_by_text("Dsl Test").first).to_be_visible()
    check_page(note)
    page.get_by_role("button", name="Send this return").click()
    expect(page.locator("h1")).to_have_text("This list was recalled")
    check_page(page)
