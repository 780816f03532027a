"""Signing in and the pages that say something went wrong, in a real browser."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, check_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
)
def test_the_way_in_is_accessible_and_fits(open_page, site, path, width):
    page = open_page(f"{site}{path}", width)
    expect(page.locator("h1")).to_have_count(1)
    check_page(page)


def test_a_wrong_password_is_said_once_and_plainly(open_page, site):
    page = open_page(f"{site}/accounts/login/", 320)
    page.get_by_label("User name or e-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert").get_by_text("There is a problem")).to_be_visible()
    check_page(page)


def test_signing_in_needs_no_javascript(open_page, site):
    page = open_page(f"{site}/accounts/login/", javascript=False)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Enter: User name or e-mail address")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_that_is_not_there_says_so(open_page, site, width):
    page = open_page(f"{site}/nothing-here/", width)
    expect(page.locator("h1")).to_have_text("Page not found")
    check_page(page)


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_pages_need_no_context(code):
    assert f"Code {code}." in render_to_string(f"{code}.html")
