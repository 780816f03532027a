"""A data officer finds the feed under the bar and takes a file for the agency; leadership sees the figures alone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.core.clock import today
from tests.browser.conftest import WIDTHS, check_page
from tests.browser.pipeline.test_loading_a_file import beside_the_test
from tests.world import bring

pytestmark = pytest.mark.django_db

NHS = ("9992041188", "9990000018", "9990000026", "9990000034", "9990000042")


def given_social_care_sent_five_children_and_some_numbers(with_numbers, days=0):
    rows = [
        {"LA Child ID": f"Q{n}", "Surname": "Quill", "Forename": f"Ola{'abcde'[n]}", "Date of Birth": "09/03/2016",
         "NHS Number": NHS[n] if n < with_numbers else ""}
        for n in range(5)
    ]  # fmt: skip
    beside_the_test(lambda: bring("csc_people", *rows, as_of=today() - timedelta(days=days)))


@pytest.fixture(scope="module")
def two_weeks(town):
    given_social_care_sent_five_children_and_some_numbers(3)
    given_social_care_sent_five_children_and_some_numbers(4)


@pytest.fixture
def quality(open_page, town, two_weeks):
    def opened(part, javascript=True):
        return open_page(f"{town.url}/imports/quality/", javascript=javascript, cookies=town.cookies(part))

    return opened


def then_it_fits_and_is_accessible(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def test_i_find_who_is_under_the_bar_and_take_the_file_for_them(quality):
    page = quality("data_officer")
    expect(
        page.get_by_role("row", name=re.compile("Children's social care|social care", re.I)).first
    ).to_be_visible()
    expect(page.locator("#coverage")).to_contain_text("Under 95 %")
    then_it_fits_and_is_accessible(page)
    page.locator("a[href$='/quality/csc_people/']").click()
    expect(page.locator("#holds")).to_contain_text("80")
    expect(page.get_by_role("heading", name=re.compile("NHS number"))).to_be_visible()
    then_it_fits_and_is_accessible(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="What is lacking, Excel").click()
    assert taken.value.suggested_filename == "lacking-csc_people.xlsx"


def test_leadership_sees_the_figures_without_a_file_to_take(quality):
    page = quality("leader", javascript=False)
    page.locator("a[href$='/quality/csc_people/']").click()
    expect(page.locator("#files")).to_contain_text("%")
    expect(page.get_by_role("link", name="What is lacking, Excel")).to_have_count(0)
