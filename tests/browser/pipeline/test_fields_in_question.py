"""A data officer sees whose word stands for a birth date, and says so: by keyboard, and without JavaScript."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, check_page
from tests.integration.audit.test_every_look_has_its_event import ROLL
from tests.world import bring

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def disagreeing(town, django_db_blocker):
    """The school's roll has Ada's day and month changed about."""
    with django_db_blocker.unblock(), transaction.atomic():
        bring("early_years_roll", *ROLL)
    return town


@pytest.fixture
def fields(open_page, disagreeing):
    def opened(**how):
        return open_page(
            f"{disagreeing.url}/imports/fields/", cookies=disagreeing.cookies("data_officer"), **how
        )

    return opened


@pytest.mark.parametrize("width", WIDTHS)
def test_both_words_stand_side_by_side(fields, width):
    page = fields(width=width)
    expect(page.get_by_role("heading", name="Date of birth: ASHBY, Ada")).to_be_visible()
    expect(page.get_by_role("row", name="Stands now")).to_contain_text("4 May 2022")
    expect(page.get_by_role("row", name="Offered")).to_contain_text("5 Apr 2022")
    check_page(page)


def test_the_imports_page_leads_to_it(open_page, disagreeing):
    page = open_page(f"{disagreeing.url}/imports/", cookies=disagreeing.cookies("data_officer"))
    page.locator("main a[href='/imports/fields/']").click()
    expect(page.get_by_role("heading", name="Fields in question")).to_be_visible()


def test_an_answer_by_keyboard_without_javascript(fields):
    page = fields(javascript=False)
    keep = page.get_by_role("button", name="Keep 4 May 2022 for ASHBY, Ada")
    keep.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is believed from now on")).to_be_visible()
    expect(page.get_by_text("No field is in question.")).to_be_visible()
