"""A school opens this week's list and takes it away; the council sees every setting's."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from apps.core.clock import today, week_of
from apps.lists import jobs, progress
from apps.lists.actions import publish
from apps.lists.models import Job
from apps.lists.weeks import name_of
from tests.browser.conftest import WIDTHS, check_page

pytestmark = pytest.mark.django_db

WEEK = week_of(today())
NEXT = WEEK + timedelta(days=7)


@pytest.fixture(scope="module")
def lists(town, django_db_blocker):
    """This week's lists are out, next week's were begun."""
    with django_db_blocker.unblock():
        publish(week=WEEK, by=None)
        now = timezone.now()
        Job.objects.create(kind="draft", week=NEXT, asked_at=now, begun_at=now, tries=1)
    return town


@pytest.fixture
def given_i_am(open_page, lists):
    """A page of somebody of the cast."""

    def signed_in(name, path, **options):
        return open_page(f"{lists.url}{path}", cookies=lists.cookies(name), **options)

    return signed_in


def when_i_download(page, label):
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    return download.value


@pytest.mark.parametrize("width", WIDTHS)
def test_the_schools_list_is_accessible_and_fits(given_i_am, width):
    page = given_i_am("dsl", "/lists/mine/", width=width)
    expect(page.locator("h1")).to_contain_text("Elm Primary School: list for the week of")
    check_page(page)
    page.get_by_role("link", name="All on roll").click()
    check_page(page)
    expect(page.locator("tbody th")).to_have_count(2)


def test_i_take_the_list_as_a_workbook_and_as_csv(given_i_am):
    page = given_i_am("dsl", "/lists/mine/?", javascript=False)
    page.get_by_role("link", name="All on roll").click()
    book = when_i_download(page, "Excel")
    assert book.suggested_filename == f"list-urn-900001-{name_of(WEEK)}-v1.xlsx"
    rows = CalamineWorkbook.from_path(str(book.path())).get_sheet_by_name("List").to_python()
    assert {row[0] for row in rows[1:]} == {"Ashby", "Dunne"}
    with when_i_download(page, "CSV").path().open(encoding="utf-8-sig", newline="") as file:
        assert {row["Surname"] for row in csv.DictReader(file)} == {"Ashby", "Dunne"}


def test_another_schools_list_does_not_exist_for_me(given_i_am):
    page = given_i_am("other_dsl", f"/lists/mine/urn-900001/{name_of(WEEK)}/")
    assert "Elm" not in page.content()
    nowhere = given_i_am("other_dsl", "/lists/mine/urn-1/2026-W01/")
    expect(page.locator("h1")).to_have_text(nowhere.locator("h1").inner_text())


@pytest.mark.parametrize("width", WIDTHS)
def test_the_officer_sees_every_setting_and_opens_one(given_i_am, width):
    page = given_i_am("early_help_officer", "/lists/", width=width)
    check_page(page)
    page.get_by_role("link", name="Oak Primary School").click()
    expect(page.get_by_text("This is what Oak Primary School sees")).to_be_visible()
    check_page(page)


def test_the_filter_of_settings_needs_no_javascript(given_i_am):
    page = given_i_am("early_help_officer", "/lists/", javascript=False)
    page.get_by_label("Which lists").select_option(label="Only where something changed")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No setting fits these filters")).to_be_visible()


def test_printing_leaves_the_navigation_out(given_i_am):
    page = given_i_am("dsl", "/lists/mine/")
    page.emulate_media(media="print")
    expect(page.locator(".vcdb-nav")).to_be_hidden()
    expect(page.get_by_text("OFFICIAL-SENSITIVE").first).to_be_visible()


def test_paper_has_open_what_the_screen_folds(given_i_am):
    """Also without JavaScript: who prints has nothing to press."""
    page = given_i_am("dsl", "/lists/mine/?", javascript=False)
    folded = page.locator(".vcdb-more li").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    expect(page.locator(".vcdb-more summary").first).to_be_hidden()


def test_i_open_a_childs_services_for_who_to_phone(given_i_am):
    page = given_i_am("dsl", "/lists/mine/")
    page.locator(".vcdb-more summary").first.click()
    expect(page.locator(".vcdb-more li").first).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Changed (").click()
    shown = page.get_by_role("navigation", name="Which children are shown")
    expect(shown.get_by_text("Known to a service")).to_be_visible()
    check_page(page)


@pytest.fixture
def drafting(lists, monkeypatch):
    """A worker is at next week's lists: 250 of 310 settings."""
    monkeypatch.setattr(jobs, "at_work", lambda job: True)
    progress.tell(NEXT, 250, 310)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_i_see_how_far_the_drafting_is_and_that_its_worker_died(
    given_i_am, drafting, monkeypatch, width, javascript
):
    page = given_i_am("early_help_officer", "/lists/", width=width, javascript=javascript)
    expect(page.get_by_role("progressbar", name="Settings done")).to_have_attribute("value", "250")
    expect(page.locator("#job").get_by_text("250 of 310 settings")).to_be_visible()
    check_page(page)
    monkeypatch.setattr(jobs, "at_work", lambda job: False)
    if not javascript:
        page.get_by_role("link", name="Show how far it is now").click()
    page.locator("#job").get_by_text("drafting stopped at 250 of 310 settings").wait_for()
    expect(page.locator("#job").get_by_text("begins anew by itself")).to_be_visible()
    check_page(page)
