"""A social worker keeps a contact, writes an action down, hands it on and sees it in the day's log: without JavaScript, at both widths."""

import pytest
from playwright.sync_api import expect

from apps.core.clock import today
from tests.browser.conftest import WIDTHS, check_page

pytestmark = pytest.mark.django_db


def at_both_widths(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def test_a_contact_an_action_and_the_log(open_page, town):
    address = f"{town.url}/children/{town.world.children['ada'].public_id}/"
    page = open_page(address, javascript=False, cookies=town.cookies("social_worker"))
    page.get_by_role("link", name="All, and add").click()
    at_both_widths(page)
    contact = page.locator("#contact")
    contact.get_by_label("When").fill(f"{today():%d/%m/%Y}")
    contact.get_by_label("How").select_option(label="Visit")
    contact.get_by_label("With whom").fill("Ada")
    contact.get_by_label("Made", exact=True).check()
    contact.get_by_label("The child was seen").check()
    contact.get_by_label("What they said").fill("I like the breakfast club")
    contact.get_by_role("button", name="Keep the contact").click()
    expect(page.get_by_text("I like the breakfast club")).to_be_visible()
    add = page.locator("#add")
    add.get_by_role("button", name="Add the action").click()
    at_both_widths(page)
    add.get_by_label("What is to be done").fill("Ask for a place at breakfast club")
    add.get_by_label("By which agency").select_option(label="Children's social care")
    add.get_by_label("Who there").fill("Sol Worker")
    add.get_by_label("By", exact=True).fill(f"{today():%d/%m/%Y}")
    add.get_by_role("button", name="Add the action").click()

    page.goto(f"{town.url}/reviews/actions/?show=today")
    at_both_widths(page)
    page.get_by_role("link", name="Ask for a place at breakfast club").click()
    at_both_widths(page)
    hand = page.locator("#hand")
    hand.get_by_label("By which agency").select_option(label="Elm Primary School")
    hand.get_by_label("Who there").fill("Dee Essel")
    hand.get_by_label("Why").fill("The school decides")
    hand.get_by_role("button", name="Give it").click()

    school = open_page(f"{town.url}/reviews/actions/", javascript=False, cookies=town.cookies("dsl"))
    school.get_by_role("link", name="Ask for a place at breakfast club").click()
    school.get_by_label("Done", exact=True).check()
    school.get_by_label("In words").fill("She starts on Monday")
    school.get_by_role("button", name="Keep", exact=True).click()
    expect(school.get_by_text("She starts on Monday")).to_be_visible()
    at_both_widths(school)
