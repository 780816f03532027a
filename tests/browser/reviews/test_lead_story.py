"""A social worker names who leads and hands over to the school, which accepts: without JavaScript, at both widths."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, check_page

pytestmark = pytest.mark.django_db


def at_both_widths(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def test_the_lead_is_named_handed_over_and_accepted(open_page, town):
    address = f"{town.url}/children/{town.world.children['ada'].public_id}/"
    worker = open_page(address, javascript=False, cookies=town.cookies("social_worker"))
    worker.get_by_role("link", name="Name, hand over, history").click()
    at_both_widths(worker)
    named = worker.locator("#name")
    named.get_by_label("Name").fill("Sol Worker")
    named.get_by_label("Agency").select_option(label="Children's social care")
    named.get_by_label("Phone").fill("01632 960181")
    named.get_by_role("button", name="Name").click()
    expect(worker.locator("#leads").get_by_text("Sol Worker")).to_be_visible()
    named.get_by_label("Name").fill("Dee Essel")
    named.get_by_label("Agency").select_option(label="Elm Primary School")
    named.get_by_label("Phone").fill("01632 960182")
    named.get_by_label("Why").fill("She sees her every day")
    named.get_by_role("button", name="Hand over").click()
    at_both_widths(worker)

    school = open_page(address, javascript=False, cookies=town.cookies("dsl"))
    expect(school.locator("#team").get_by_text("Handover waits")).to_be_visible()
    school.get_by_role("link", name="Name, hand over, history").click()
    at_both_widths(school)
    school.get_by_role("button", name="Dee Essel takes over").click()
    expect(school.locator("#leads").get_by_text("Dee Essel")).to_be_visible()
    school.get_by_role("link", name="The child’s page").click()
    expect(school.locator(".vcdb-id__five").get_by_text("01632 960182")).to_be_visible()
    at_both_widths(school)
