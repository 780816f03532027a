"""An early help officer works the queue: by mouse, by keyboard, without JavaScript, and beside a colleague."""

import re

import pytest
from playwright.sync_api import expect

from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.ragp.actions import assess
from apps.triage.actions import open_items
from tests.browser.conftest import WIDTHS, check_page, sideways
from tests.integration.ragp.facts import child, days_ago, involve
from tests.world import bring

pytestmark = pytest.mark.django_db

NEW = ("Fay", "Gus", "Hal", "Ivy", "Jan", "Kit", "Lia", "Moe", "Ned")


@pytest.fixture(scope="module")
def queue(town, django_db_blocker):
    """Lists are out, so changes are watched; then early help opens for nine more children, and ten become purple."""
    with django_db_blocker.unblock():
        publish(week=week_of(today()), by=None)
        known = [("H3", "Cole", "Cleo"), ("H4", "Dunne", "Dan")]
        more = [(f"N{number}", f"Newman{name}", name) for number, name in enumerate(NEW)]
        bring("early_help", *(early_help(*each) for each in known + more))
        for each in [child() for _ in range(10)]:
            for service in ("child_protection", "looked_after", "vemt", "youth_justice"):
                involve(each, service, days_ago(3))
        assess(by=None)
        open_items(by=None)
    return town


def early_help(number, surname, forename):
    return {
        "EHM ID": number, "Forename": forename, "Surname": surname, "Date of Birth": "04/05/2022", "Postcode": "ZZ2 1ZZ",
        "Episode ID": f"E{number}", "Start Date": "01/10/2026", "End Date": "", "Support Level": "Family support",
    }  # fmt: skip


@pytest.fixture
def given_i_am_at_the_queue(open_page, queue):
    """The queue, signed in as the officer."""

    def at(query="", **options):
        return open_page(
            f"{queue.url}/triage/{query}", cookies=queue.cookies("early_help_officer"), **options
        )

    return at


def open_change(page, forename):
    page.get_by_role("link", name=f"NEWMAN{forename.upper()}, {forename}").first.click()
    page.wait_for_url("**child=**")


def when_i_decide(page, outcome, reason):
    panel = page.locator("#decide")
    panel.get_by_label(outcome).check()
    panel.get_by_label("Reason").fill(reason)
    panel.get_by_role("button", name="Keep the decision").click()
    page.wait_for_load_state()


def waiting(page):
    return int(page.locator(".vcdb-tile", has_text="Waiting").locator(".vcdb-figure").inner_text())


@pytest.mark.parametrize("width", WIDTHS)
def test_the_queue_is_accessible_and_fits(given_i_am_at_the_queue, width):
    page = given_i_am_at_the_queue(width=width)
    expect(page.locator("h1")).to_have_text("Triage: rating changes")
    check_page(page)


def test_nothing_is_chosen_beforehand_and_both_answers_are_needed(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    open_change(page, "Fay")
    expect(page.locator("#decide input[type=radio]:checked")).to_have_count(0)
    page.locator("#decide").get_by_role("button", name="Keep the decision").click()
    page.evaluate("document.querySelector('#decide form').noValidate = true")
    page.locator("#decide").get_by_role("button", name="Keep the decision").click()
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text("Decide about one change")
    expect(page.get_by_text("Choose what happens next").first).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def test_i_decide_one_change_and_undo_it(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    before = waiting(page)
    open_change(page, "Gus")
    when_i_decide(page, "Contact the school", "The school should know")
    expect(page.get_by_text("Decided: NEWMANGUS, Gus.")).to_be_visible()
    assert waiting(page) == before - 1
    check_page(page)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    assert waiting(page) == before


def test_i_decide_several_together_without_javascript(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue(javascript=False)
    before = waiting(page)
    for name in ("Hal", "Ivy"):
        page.get_by_label(f"Select NEWMAN{name.upper()}, {name}").check()
    page.get_by_role("button", name="Decide together").click()
    expect(page.locator("h1")).to_have_text("Decide about 2 changes together")
    when_i_decide(page, "No further action", "Support is in place")
    expect(page.get_by_text("Decided: 2 children.")).to_be_visible()
    assert waiting(page) == before - 2


def test_the_second_of_two_officers_is_told(given_i_am_at_the_queue, open_page, queue):
    mine, theirs = given_i_am_at_the_queue(), given_i_am_at_the_queue()
    for page in (mine, theirs):
        open_change(page, "Jan")
    when_i_decide(mine, "No further action", "First")
    when_i_decide(theirs, "Raise a review", "Second")
    expect(theirs.get_by_role("alert").get_by_text("was quicker")).to_be_visible()
    expect(theirs.get_by_text("Nothing of yours was saved")).to_be_visible()
    check_page(theirs)


def test_the_keyboard_alone_is_enough(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    before = waiting(page)
    page.get_by_role("link", name="NEWMANKIT, Kit").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**child=**")
    page.locator("#decide input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Decided: NEWMANKIT, Kit.").wait_for()
    assert waiting(page) == before - 1


def test_ten_changes_are_cleared_with_the_keyboard_alone(given_i_am_at_the_queue):
    """No pointer: a letter chooses and goes to the reason, Ctrl and Enter keep it, the next change is open already."""
    page = given_i_am_at_the_queue("?to=purple")
    before = waiting(page)
    for number in range(10):
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        page.keyboard.type("Known, and in hand")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        assert waiting(page) == before - number - 1
    expect(page.get_by_text("No change fits these filters.")).to_be_visible()


def test_j_and_k_open_the_next_and_the_one_before_and_arrows_move_in_the_list(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue("?to=green")
    names = page.locator("[data-rows] tbody th a").all_inner_texts()
    opened = page.locator("#decide-title")
    for key, number in (("j", 1), ("j", 2), ("k", 1)):
        with page.expect_navigation():
            page.keyboard.press(key)
        expect(opened).to_have_text(names[number])
    page.locator("[data-rows] tbody th a").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == names[1]


def test_letters_can_be_switched_off_and_stay_off(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    page.get_by_label("Letters choose on this computer").uncheck()
    for _ in range(2):
        page.locator("h1").click()
        page.keyboard.press("n")
        expect(page.locator("#decide input[type=radio]:checked")).to_have_count(0)
        page.reload()
    page.get_by_label("Letters choose on this computer").check()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("#decide input[type=radio]:checked")).to_have_count(1)


def test_a_letter_typed_in_a_field_is_a_letter(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    page.locator("#decide").get_by_label("Reason").fill("")
    page.locator("#decide").get_by_label("Reason").press("n")
    expect(page.locator("#decide").get_by_label("Reason")).to_have_value("n")
    expect(page.locator("#decide input[type=radio]:checked")).to_have_count(0)


def test_i_keep_a_view_of_the_queue_and_open_it_again_without_javascript(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue("?to=green&sort=school", javascript=False)
    page.get_by_text("Keep what is shown as a view").click()
    page.get_by_label("Name of this view").fill("Green by school")
    page.get_by_role("button", name="Keep the view").click()
    link = page.get_by_role("link", name="Green by school")
    expect(link).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Whole queue").click()
    link.click()
    expect(page).to_have_url(re.compile("to=green&sort=school"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) <= 0


def test_more_filters_are_behind_one_press_and_stay_open_while_set(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    page.get_by_text("More filters").click()
    page.get_by_label("Change from").select_option(label="Not rated")
    page.wait_for_url("**was=none**")
    page.reload()
    expect(page.get_by_label("Change from")).to_be_visible()
    check_page(page)


def test_i_give_several_changes_at_once(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue("?to=green")
    boxes = page.locator("[data-rows] tbody input[type=checkbox]")
    for number in range(2):
        boxes.nth(number).check()
    page.get_by_label("Assign to").select_option(label="Supervisor Test")
    page.get_by_role("button", name="Assign", exact=True).click()
    page.wait_for_load_state()
    expect(page.get_by_role("cell", name="Supervisor Test")).to_have_count(2)


def test_i_give_a_change_to_myself_and_filter_by_it(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    open_change(page, "Fay")
    page.get_by_label("Give to").select_option(label="Early_Help_Officer Test")
    page.get_by_role("button", name="Give").click()
    page.wait_for_load_state()
    page.get_by_label("With", exact=True).select_option(label="Me")
    page.wait_for_url("**with_whom=me**")
    expect(page.locator("#queue tbody tr")).to_have_count(1)
    check_page(page)


def test_no_name_is_in_any_address(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue()
    links = page.locator("main a").evaluate_all("links => links.map(link => link.href.toLowerCase())")
    assert links
    assert not [link for link in links if "newman" in link]


def test_opening_a_change_is_no_filter_and_leads_back_to_the_list(given_i_am_at_the_queue):
    page = given_i_am_at_the_queue(width=360)
    open_change(page, "Fay")
    expect(page.get_by_role("link", name="Clear")).to_have_count(0)
    page.get_by_role("link", name="Back to the list of changes").click()
    page.wait_for_url("**#queue")
    assert page.locator("#queue").evaluate("box => Math.abs(box.getBoundingClientRect().top)") < 100
