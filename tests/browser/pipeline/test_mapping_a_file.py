"""A data officer maps a file nobody has seen before: from the imports page to its preview, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, check_page
from tests.integration.pipeline.test_mapping_pages import ODD

pytestmark = pytest.mark.django_db


@pytest.fixture
def imports(open_page, town):
    """The imports page, as the data officer opens it."""

    def opened(javascript=True):
        return open_page(f"{town.url}/imports/", javascript=javascript, cookies=town.cookies("data_officer"))

    return opened


def when_i_send_a_new_feed(page, title, content=ODD):
    page.get_by_role("link", name="Map a file", exact=True).click()
    page.get_by_label("File", exact=True).set_input_files(
        [{"name": "odd.csv", "mimeType": "text/csv", "buffer": content}]
    )
    page.get_by_label("Title of the new feed").fill(title)
    page.get_by_label("Agency that sends it").select_option(label="Early help")
    page.get_by_label("Early help", exact=True).check()
    page.get_by_role("button", name="Go on to its columns").click()


def when_i_answer(page):
    page.get_by_label("What Parenting group means").select_option("early_help")
    page.get_by_label("What boyish means").select_option(label="Not stated/recorded")
    page.get_by_label("What Cold house means").select_option(label="Keep it as it is")


def then_it_fits_and_is_accessible(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_i_map_a_file_and_see_its_preview(imports, javascript):
    page = imports(javascript=javascript)
    when_i_send_a_new_feed(page, "Family hub" if javascript else "Family hub again")
    expect(page.get_by_label("What column Born is")).to_have_value("dob")
    expect(page.get_by_label("How column Born writes days")).to_have_value("mdy")
    when_i_answer(page)
    page.get_by_role("button", name="Save and preview").click()
    expect(page.locator("#run")).to_contain_text("Previewed")
    expect(page.locator("#run")).to_contain_text("2 of 4 rows")


def test_the_pages_fit_and_are_accessible(imports):
    page = imports()
    page.get_by_role("link", name="Map a file", exact=True).click()
    then_it_fits_and_is_accessible(page)
    page.goto(page.url.removesuffix("map/"))
    when_i_send_a_new_feed(page, "Youth club")
    then_it_fits_and_is_accessible(page)


def test_what_lacks_is_told_in_place(imports):
    page = imports()
    when_i_send_a_new_feed(page, "Toy library")
    page.get_by_label("What column Kid No. is").select_option("surname")
    page.get_by_role("button", name="Save and preview").click()
    expect(page).to_have_title(re.compile("^Error: "))
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Choose the column that holds the child's id")
    problem.get_by_role("link", name="Say what Parenting group means").click()
    expect(page.get_by_label("What Parenting group means")).to_be_focused()
    then_it_fits_and_is_accessible(page)
