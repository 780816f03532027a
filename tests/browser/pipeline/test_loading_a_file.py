"""A data officer loads a file: from the imports page to what it did, with and without JavaScript."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import expect

from apps.core.clock import today
from apps.extracts.models import Extract
from apps.pipeline import tasks
from apps.pipeline.models import Run
from tests.browser.conftest import WIDTHS, check_page
from tests.integration.pipeline.files import BAD, early_help

pytestmark = pytest.mark.django_db


@pytest.fixture
def imports(open_page, town):
    """The imports page, as the data officer opens it on the day after whatever was loaded before."""
    beside_the_test(lambda: Extract.objects.update(as_of=today() - timedelta(days=1)))

    def opened(javascript=True):
        return open_page(f"{town.url}/imports/", javascript=javascript, cookies=town.cookies("data_officer"))

    return opened


@pytest.fixture
def no_worker(monkeypatch):
    """Nobody works on what is sent until the test does."""
    monkeypatch.setattr(tasks.run_extract, "delay_on_commit", lambda run_id: None)


def when_i_send(page, content, name="early_help.csv", preview=False):
    page.get_by_role("link", name="Load a file", exact=True).click()
    page.get_by_label("Feed").select_option("early_help")
    page.get_by_label("Files").set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])
    page.get_by_label("Stop before the commit").set_checked(preview)
    page.get_by_role("button", name="Load", exact=True).click()


def beside_the_test(do):
    """In a thread of its own: the test's own transaction would hide what it does from the page."""

    def work():
        do()
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def when_a_worker_has_done_it():
    beside_the_test(lambda: tasks.run_extract(Run.objects.latest("pk").pk))


def then_it_fits_and_is_accessible(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def test_i_see_how_fresh_each_feed_is(imports):
    page = imports()
    row = page.get_by_role("row", name=re.compile("^Children looked after"))
    expect(row).to_contain_text("Never came")
    expect(page.get_by_role("row", name=re.compile("^CAMHS")).first).to_contain_text("In time")
    then_it_fits_and_is_accessible(page)


def test_i_compare_records_in_question_side_by_side(imports):
    page = imports()
    when_i_send(page, early_help(("H3", "Cleo"), ("H4", "Dan"), ("H6", "Cloe")))
    page.get_by_role("link", name="Match questions").click()
    page.get_by_role("button", name="Answer questions").click()
    expect(page.get_by_role("row", name=re.compile("^Forename")).first).to_contain_text("Differs")
    expect(page.get_by_role("row", name=re.compile("^Surname")).first).to_contain_text("Agrees")
    then_it_fits_and_is_accessible(page)


def test_i_watch_a_file_go_from_waiting_to_its_outcome(imports, no_worker):
    page = imports()
    when_i_send(page, early_help(("H3", "Cleo"), ("H4", "Dan"), ("H8", "Gil")))
    expect(page.locator("#run")).to_contain_text("Waiting for its turn")
    then_it_fits_and_is_accessible(page)
    when_a_worker_has_done_it()
    # the page looks again by itself
    expect(page.locator("#run")).to_contain_text("Committed.", timeout=10_000)
    expect(page.locator("#run")).to_contain_text("3 of 3 rows used")
    expect(page.get_by_role("status").first).to_contain_text("Committed.")
    expect(page.locator("[hx-trigger]")).to_have_count(0)
    then_it_fits_and_is_accessible(page)


def test_without_javascript_a_link_shows_how_far_it_is(imports, no_worker):
    page = imports(javascript=False)
    when_i_send(page, early_help(("H3", "Cleo"), ("H4", "Dan"), ("H9", "Hal")))
    expect(page.locator("#run")).to_contain_text("Waiting for its turn")
    when_a_worker_has_done_it()
    page.get_by_role("link", name="Show how far it is now").click()
    expect(page.locator("#run")).to_contain_text("Committed.")


def test_i_preview_a_file_and_nothing_is_saved(imports):
    page = imports()
    when_i_send(page, early_help(("H3", "Cleo"), ("H4", "Dan"), ("H7", "Ida")), preview=True)
    expect(page.locator("#run")).to_contain_text("Previewed, nothing saved.")
    expect(page.get_by_role("heading", name="What it would do")).to_be_visible()


def test_a_bad_file_tells_me_what_to_do_beside_the_field(imports):
    name, content, word = BAD["empty"]
    page = imports()
    when_i_send(page, content, name)
    expect(page.locator("h1")).to_have_text("Load a file")
    expect(page.get_by_role("link", name=re.compile(word)).first).to_be_visible()
    expect(page).to_have_title(re.compile("^Error: "))
    then_it_fits_and_is_accessible(page)


def test_findings_name_the_row_and_the_remedy(imports):
    page = imports()
    bad_birth = early_help(("H3", "Cleo"), ("H4", "Dan")).replace(b"04/05/2022", b"04/05/2099", 1)
    when_i_send(page, bad_birth)
    findings = page.locator("#findings")
    expect(findings).to_contain_text("Row not used")
    expect(findings).to_contain_text(re.compile(r"row 2\b"))
    then_it_fits_and_is_accessible(page)
    assert "Cleo" not in page.content()


def test_the_page_of_codes_is_accessible(imports):
    page = imports()
    page.get_by_role("link", name="Settings to map").click()
    expect(page.locator("h1")).to_have_text("Settings to map")
    then_it_fits_and_is_accessible(page)
