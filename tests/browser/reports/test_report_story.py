"""A director reads the week; an officer goes from a number to its children; a school reads the term."""

import re

import pytest
from playwright.sync_api import expect

from apps.core.clock import today, week_of
from apps.lists.weeks import name_of
from apps.reports.actions import freeze
from apps.reports.models import Report
from apps.reports.moments import WEEK
from tests.browser.conftest import WIDTHS, check_page
from tests.integration.reports.borough import settle

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reported(town, django_db_blocker):
    """Two weeks are frozen, the first with other numbers."""
    with django_db_blocker.unblock():
        settle(town.world)
        made = freeze(week=week_of(today()), by=None, early=True)
        bands = made.figures | {"bands": {"red": 9, "none": 11}}
        Report.objects.create(
            week=made.week - WEEK,
            as_at=made.as_at - WEEK,
            frozen_at=made.as_at,
            basis=made.basis,
            figures=bands,
            digest="x",
        )
    return town


@pytest.fixture
def given_the_page(open_page, reported):
    """A page as one of the cast."""

    def at(path, who, **options):
        return open_page(f"{reported.url}{path}", cookies=reported.cookies(who), **options)

    return at


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", ["leader", "early_help_officer"])
def test_the_report_is_accessible_and_fits(given_the_page, who, width):
    page = given_the_page("/reports/", who, width=width)
    check_page(page)
    page.get_by_text("The same as a table").click()
    check_page(page)
    expect(page.get_by_text("the week before").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_resources_are_accessible_and_fit(given_the_page, width):
    check_page(given_the_page("/reports/resources/", "leader", width=width))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("javascript", [True, False])
def test_each_figure_is_drawn_in_the_width_that_fits_and_has_a_sentence(given_the_page, width, javascript):
    page = given_the_page("/reports/", "early_help_officer", width=width, javascript=javascript)
    drawings = page.get_by_role("img")
    assert drawings.count() >= 10
    for drawing in drawings.all():
        shown = [part.bounding_box() for part in drawing.locator("svg").all() if part.is_visible()]
        assert len(shown) == 1 and shown[0]["x"] >= 0 and shown[0]["x"] + shown[0]["width"] <= width
        assert drawing.get_attribute("aria-label")


@pytest.mark.parametrize("width", WIDTHS)
def test_capacities_are_uploaded_and_what_is_wrong_with_a_file_is_said(given_the_page, width):
    page = given_the_page("/reports/resources/", "review_admin", width=width)
    check_page(page)
    head = "Reference,Service,Team,Sector,Children at once,Cost a year,From week,Source"
    row = ",Early help,North,,many,,30/11/2026,Plan"
    page.get_by_label("The changed file").set_input_files(
        {"name": "teams.csv", "mimeType": "text/csv", "buffer": f"{head}\n{row}\n".encode()}
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Row 2, column “Children at once”: “many” is no whole number.")).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_school_reads_the_term(given_the_page, width):
    page = given_the_page("/reports/term/", "dsl", width=width)
    check_page(page)
    expect(page.get_by_text("withheld").first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_goes_from_a_number_to_its_children(given_the_page, javascript):
    page = given_the_page("/reports/", "early_help_officer", javascript=javascript)
    page.locator("#bands").get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("Children by rating")
    check_page(page)
    page.get_by_role("link", name="The report").click()
    expect(page).to_have_url(re.compile(f"/reports/{name_of(week_of(today()))}/$"))


def test_a_director_goes_to_an_earlier_week_and_sees_no_child(given_the_page):
    page = given_the_page("/reports/", "leader")
    page.locator("#weeks").get_by_role("link").first.click()
    check_page(page)
    expect(page.locator("#bands").get_by_role("link")).to_have_count(0)
