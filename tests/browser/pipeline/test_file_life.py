"""A data officer decides about a file: looks before the commit, undoes it, commits it again; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pipeline.test_loading_a_file import imports, then_it_fits_and_is_accessible, when_i_send  # noqa: F401
from tests.integration.pipeline.files import HEADINGS, early_help

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("javascript", [True, False])
def test_i_look_commit_undo_and_commit_again(imports, javascript):  # noqa: F811
    page = imports(javascript=javascript)
    # axe itself is a script
    then_it_fits = then_it_fits_and_is_accessible if javascript else lambda page: None
    when_i_send(page, early_help(("H3", "Cleo"), ("H4", "Dan"), ("H5", f"Kit{javascript}")), preview=True)
    expect(page.locator("#run")).to_contain_text("Previewed, nothing saved.")
    expect(page.get_by_role("heading", name="Ratings it would change")).to_be_visible()
    then_it_fits(page)
    page.wait_for_load_state()
    if page.locator("#held").count():  # a file of the same day is committed with a reason
        expect(page.get_by_role("button", name="Commit this file")).to_have_count(0)
        page.get_by_role("link", name="Commit it all the same").click()
        then_it_fits(page)
        page.get_by_label("Why").fill("It corrects the one of this morning")
        page.get_by_role("button", name="Commit it all the same").click()
    else:
        page.get_by_role("button", name="Commit this file").click()
    expect(page.locator("#run")).to_contain_text("Committed.")
    page.get_by_role("link", name="Undo this file").click()
    expect(page.get_by_role("heading", name="Decided since, and kept")).to_be_visible()
    then_it_fits(page)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("link", name=re.compile("Say why"))).to_be_visible()
    page.get_by_label("Why").fill("It was the file of another month")
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator("#run")).to_contain_text("Undone.")
    expect(page.locator("#works")).to_contain_text("It was the file of another month")
    then_it_fits(page)
    page.get_by_role("link", name="Commit it again").click()
    page.get_by_label("Why").fill("It was right after all")
    page.get_by_role("button", name="Commit it again").click()
    expect(page.locator("#run")).to_contain_text("Committed.")


def test_a_held_file_says_why_and_waits_for_my_reason(imports):  # noqa: F811
    page = imports()
    when_i_send(page, HEADINGS.encode())
    expect(page.locator("#held")).to_contain_text("no rows")
    then_it_fits_and_is_accessible(page)
    page.get_by_role("button", name="Cancel this file").click()
    expect(page.locator("#run")).to_contain_text("Cancelled.")
    page.get_by_role("link", name="Imports", exact=True).first.click()
    page.get_by_role("link", name="All files of Early help").click()
    expect(page.get_by_role("row", name=re.compile("Cancelled"))).to_be_visible()
    then_it_fits_and_is_accessible(page)
