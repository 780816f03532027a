"""The first page of every role and every page of its navigation, in a real browser at both widths."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, check_page
from tests.world import CAST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", CAST)
def test_each_page_of_the_navigation_is_accessible_and_fits(open_page, town, name):
    page = open_page(town.url, cookies=town.cookies(name))
    links = page.locator(".vcdb-nav a").evaluate_all("links => links.map(link => link.href)")
    for address in links or [f"{town.url}/"]:
        if "/admin/" in address:
            continue
        answer = page.goto(address)
        assert answer.status == (200 if links else 403), address
        assert page.locator("h1").count() == 1, address
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            check_page(page)


def test_a_childs_page_is_two_steps_from_signing_in(open_page, town):
    page = open_page(town.url, cookies=town.cookies("social_worker"))
    page.locator("#find").fill("ashby")
    page.locator("#find").press("Enter")
    page.get_by_role("link", name="ASHBY, Ada").click()
    expect(page.locator("h1")).to_have_text("ASHBY, Ada", use_inner_text=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def test_search_needs_no_javascript(open_page, town):
    page = open_page(town.url, javascript=False, cookies=town.cookies("social_worker"))
    page.locator("#find").fill("ashby")
    page.locator("#find").press("Enter")
    expect(page.get_by_role("link", name="ASHBY, Ada")).to_be_visible()
    assert "ashby" not in page.url.lower()


def test_what_a_role_may_not_do_is_said_plainly(open_page, town):
    page = open_page(f"{town.url}/imports/", cookies=town.cookies("dsl"))
    expect(page.locator("h1")).to_have_text("You may not do that")
    check_page(page)


@pytest.mark.parametrize("path", ["", "agencies/agency/", "access/membership/"])
def test_the_administration_is_accessible_and_in_the_services_colours(open_page, town, path):
    page = open_page(f"{town.url}/admin/", cookies=town.cookies("sysadmin"))
    page.goto(f"{town.url}/admin/{path}")
    page.wait_for_load_state("networkidle")
    assert page.locator("#header").evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(23, 50, 77)"
    check_page(page)
