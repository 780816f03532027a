"""A social worker raises a review, a review administrator runs it, the school says what it knows: with a browser, without JavaScript."""

import pytest
from playwright.sync_api import expect

from apps.core.clock import today
from apps.reviews.models import CaseReview
from tests.browser.conftest import WIDTHS, check_page
from tests.integration.reviews.reviewing import the_type

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def borough(town, django_db_blocker):
    with django_db_blocker.unblock():
        the_type("csc", "urn-900001", questions=["What is known?", "What worries you?"])
    return town


@pytest.fixture
def given_i_am(open_page, borough):
    """Signed in as one of the cast, at an address, without JavaScript."""

    def at(name, path, **options):
        return open_page(
            f"{borough.url}{path}", cookies=borough.cookies(name), **{"javascript": False} | options
        )

    return at


def at_both_widths(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def when_i_take_the_step(page, label, **fields):
    page.get_by_role("link", name=label, exact=True).click()
    for name, value in fields.items():
        page.get_by_label(name.replace("_", " ")).fill(value)
    at_both_widths(page)
    page.get_by_role("button", name=label, exact=True).click()


def then_it_is(page, state):
    expect(page.locator("#state b").first).to_have_text(state)


def test_a_review_from_raised_to_closed(given_i_am, borough):
    child = borough.world.children["ada"].public_id
    worker = given_i_am("social_worker", f"/children/{child}/")
    worker.get_by_role("link", name="Raise a review").click()
    worker.get_by_role("button", name="Raise the review").click()
    expect(worker.get_by_text("Choose: Type of review").first).to_be_visible()
    at_both_widths(worker)
    worker.get_by_label("Type of review").select_option(label="Multi-agency review")
    worker.get_by_label("Why is a review needed?").fill("Not at school for two weeks")
    worker.get_by_role("button", name="Raise the review").click()
    then_it_is(worker, "Raised")

    admin = given_i_am("review_admin", "/reviews/")
    at_both_widths(admin)
    admin.get_by_role("link", name="ASHBY, Ada").click()
    expect(admin.get_by_text("Not at school for two weeks")).to_be_visible()
    when_i_take_the_step(admin, "Accept")
    then_it_is(admin, "Accepted")
    at_both_widths(admin)

    school = given_i_am("dsl", "/reviews/")
    school.get_by_role("link", name="ASHBY, Ada").click()
    school.wait_for_load_state()
    expect(school.get_by_text("Not at school for two weeks")).to_have_count(0)
    school.get_by_role("link", name="Write what Elm Primary School knows").click()
    school.get_by_label("What is known?").fill("Her grandmother brings her")
    at_both_widths(school)
    school.get_by_role("button", name="Keep").click()
    expect(school.get_by_text("Her grandmother brings her")).to_be_visible()
    at_both_widths(school)

    when_i_take_the_step(admin, "Set the day", Day_of_the_meeting=f"{today():%d/%m/%Y}")
    when_i_take_the_step(admin, "Begin the meeting")
    expect(admin.get_by_text("Her grandmother brings her")).to_be_visible()
    admin.get_by_label("What is to be done").fill("Visit at home")
    admin.get_by_label("By which agency").select_option(label="Children's social care")
    admin.get_by_label("Who there").fill("Sol Worker")
    admin.get_by_label("By", exact=True).fill(f"{today():%d/%m/%Y}")
    admin.get_by_role("button", name="Add the action").click()
    when_i_take_the_step(admin, "Write down the decision", What_was_decided="School and family agree a plan")
    when_i_take_the_step(admin, "Follow the actions")
    then_it_is(admin, "Actions open")

    worker.reload()
    worker.get_by_role("link", name="Visit at home").click()
    worker.get_by_label("Done", exact=True).check()
    worker.get_by_label("In words").fill("She was at home and well")
    at_both_widths(worker)
    worker.get_by_role("button", name="Keep", exact=True).click()
    at_both_widths(worker)

    admin.reload()
    when_i_take_the_step(admin, "Close")
    then_it_is(admin, "Closed")
    assert CaseReview.objects.get(child__public_id=child).state == "closed"


def test_types_of_review_are_set_up_without_javascript(given_i_am):
    page = given_i_am("review_admin", "/reviews/types/")
    at_both_widths(page)
    page.get_by_role("link", name="Add a type").click()
    page.get_by_label("Name", exact=True).fill("Attendance panel")
    page.get_by_label("What it is for").fill("Children who are not at school")
    page.get_by_label("What each agency is asked").fill("What is known?")
    at_both_widths(page)
    page.get_by_role("button", name="Keep the type").click()
    expect(page.get_by_role("link", name="Attendance panel")).to_be_visible()
