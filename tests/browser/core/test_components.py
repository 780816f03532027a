"""Every component in every state, in a real browser: by axe, narrow and wide, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, check_page, sideways

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def demonstration(settings):
    """The style guide answers only where the service is a demonstration."""
    settings.DEMO = True


@pytest.fixture
def address(site):
    return f"{site}/styleguide/"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_accessible_and_fits(open_page, address, width):
    page = open_page(address, width)
    expect(page.locator("h1")).to_have_text("Components")
    check_page(page)


def test_everything_is_there_without_javascript(open_page, address):
    page = open_page(address, 320, javascript=False)
    assert page.locator(".vcdb-rating").count() > 20
    expect(page.locator("form.vcdb-panel tbody input[type=checkbox]")).to_have_count(3)
    expect(page.get_by_role("button", name="Decide together")).to_be_enabled()
    expect(page.locator("[data-print]")).to_be_hidden()


def test_no_component_is_styled_inline(open_page, address):
    page = open_page(address)
    expect(page.locator("[style]")).to_have_count(0)
    expect(page.locator("style, script:not([src])")).to_have_count(0)


def test_a_bulk_bar_counts_what_is_chosen(open_page, address):
    page = open_page(address)
    count, button = page.locator("[data-count]"), page.get_by_role("button", name="Decide together")
    expect(count).to_have_text("None selected")
    expect(button).to_be_disabled()
    page.get_by_label("Varnell").check()
    expect(count).to_have_text("1 selected")
    expect(button).to_be_enabled()
    page.get_by_label("Select all shown").check()
    expect(count).to_have_text("3 selected")


def test_a_table_is_cards_on_a_narrow_screen_and_keeps_its_roles(open_page, address):
    page = open_page(address, 320)
    row = page.locator("#who").get_by_role("row", name="Child protection plan")
    expect(row.get_by_role("cell")).to_have_count(2)
    boxes = [cell.bounding_box() for cell in row.locator("th, td").all()]
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_page, address):
    page = open_page(address)
    assert page.evaluate("document.activeElement.hasAttribute('data-problem')")
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="Enter a real date, like 27/3/2013").click()
    assert page.evaluate("document.activeElement.name") == "wrong-born"


def test_print_leaves_out_what_paper_cannot_do(open_page, address):
    page = open_page(address)
    page.emulate_media(media="print")
    expect(page.locator(".vcdb-printed")).to_be_visible()
    expect(page.locator(".vcdb-rating").first).to_be_visible()
    expect(page.locator(".vcdb-masthead")).to_be_hidden()
    expect(page.locator(".vcdb-filters")).to_be_hidden()


def test_a_page_zoomed_to_four_times_still_fits(open_page, address):
    page = open_page(address, 320)
    page.set_viewport_size({"width": 320, "height": 256})
    assert sideways(page) <= 0


def test_the_style_guide_is_not_there_in_earnest(client, settings, db):
    settings.DEMO = settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404
