"""A data officer decides who is who: by keyboard alone, without JavaScript, and with a second person who sees what the first saw."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import expect

from apps.matching.models import Act, Question
from apps.pipeline.linkage import outlook
from tests.browser.conftest import WIDTHS, check_page
from tests.integration.test_statement_counts import more
from tests.world import bring

pytestmark = pytest.mark.django_db
MANY = 24
TWIN = {
    "EHM ID": "H9", "Forename": "Adam", "Surname": "Ashby", "Date of Birth": "04/05/2022", "Address": "1 First Street",
    "Postcode": "ZZ2 1ZZ", "Episode ID": "E9", "Start Date": "01/10/2026", "Support Level": "Family support",
}  # fmt: skip
EVIDENCE = {
    "rule": "perhaps_twins", "total": 9.3,
    "weights": {"surname": ["exact", 7.1], "forename": ["conflict", -4.2], "dob": ["exact", 8.4], "address": ["exact", 5.2],
                "upn": ["conflict", -5.5]},
}  # fmt: skip


@pytest.fixture(scope="module")
def asking(town, django_db_blocker):
    """So many records of young carers that may be pupils already known, and Adam, who may be Ada's twin."""
    with django_db_blocker.unblock(), transaction.atomic():
        roll, _, maybe = more(MANY, 0)
        bring("early_years_roll", *roll)
        bring("young_carers", *maybe)
        bring("early_help", TWIN)
        Question.objects.get(child__forename="Adam").candidates.update(evidence=EVIDENCE)
        outlook.of_questions()
    return town


@pytest.fixture
def opened(open_page, asking):
    def at(address, who="data_officer", **how):
        return open_page(f"{asking.url}{address}", cookies=asking.cookies(who), **how)

    return at


def of(name):
    return f"/imports/questions/{Question.objects.get(child__forename=name).pk}/"


def child_page(world, name):
    return f"/imports/questions/child/{world.child(name).public_id}/"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_queue_and_a_question_read_well_at_any_width(opened, width):
    page = opened("/imports/questions/", width=width)
    expect(page.get_by_role("heading", name="Match questions")).to_be_visible()
    check_page(page)
    page = opened(of("Adam"), width=width)
    expect(page.get_by_text("Look out: twins.")).to_be_visible()
    expect(page.locator("#fields").get_by_role("row", name="Forename")).to_contain_text("−4.2")
    expect(page.get_by_text("The rating stays").or_(page.get_by_text("The rating goes"))).to_be_visible()
    check_page(page)


def test_a_long_history_stays_in_its_panel(opened):
    """Beside the decision there is little room; what does not fit is reached by moving the table, not over the edge."""
    page = opened(of("Adam"), width=1280)
    page.locator("#history td").nth(1).evaluate("cell => { cell.textContent = 'Abcdefghi'.repeat(60) }")
    right = "each => each.getBoundingClientRect().right"
    region = page.get_by_role("region", name="Everything that was ever said, table")
    assert region.evaluate(right) <= page.locator("#history").evaluate(right)
    assert region.evaluate("each => each.scrollWidth > each.clientWidth")
    check_page(page)


@pytest.mark.parametrize("address", ["alike/", "second-look/", "asked/", "quality/", "approvals/"])
def test_the_pages_beside_the_queue_read_well_on_a_narrow_screen(opened, address):
    check_page(opened(f"/imports/questions/{address}", width=320))


def test_letters_can_be_turned_off_and_stay_off(opened):
    page = opened(of("Adam"))
    page.keyboard.press("d")
    expect(page.get_by_role("radio", name="Different children")).to_be_checked()
    page.get_by_label("Letters choose an answer").uncheck()
    page.reload()
    page.keyboard.press("n")
    expect(page.get_by_role("radio", name="A child we do not have yet")).not_to_be_checked()


def test_without_javascript_an_answer_is_given_and_undone(opened):
    page = opened("/imports/questions/", javascript=False)
    page.get_by_role("button", name="Answer questions").click()
    expect(page.get_by_role("heading", name="Is this the same child?")).to_be_visible()
    expect(page.get_by_text("Letters choose an answer")).to_be_hidden()
    page.get_by_role("button", name="Decide and open next").click()
    expect(page.get_by_role("link", name="Choose an answer")).to_be_visible()
    page.get_by_role("radio", name="Same child: link them").check()
    page.get_by_role("button", name="Decide and open next").click()
    before = Act.objects.latest("pk")
    assert (before.kind, before.state) == ("same", "done")
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo it").click()
    page.get_by_label("Why").fill("They are cousins")
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("being undone")).to_be_visible()
    before.refresh_from_db()
    assert before.state == "undone"
    assert Question.objects.get(pk=before.question_id).closed_at is None


def test_twenty_questions_by_keyboard_alone_in_three_keys_each(opened):
    """Four minutes are twelve seconds a question; with three keys each the time is what the person takes to look."""
    page = opened("/imports/questions/")
    waiting, pressed = Question.objects.filter(closed_at=None).count(), 0
    page.get_by_role("button", name="Answer questions").focus()
    page.keyboard.press("Enter")
    for _ in range(20):
        expect(page.get_by_role("heading", name="Is this the same child?")).to_be_visible()
        here = page.url
        page.keyboard.press("l")
        expect(page.get_by_role("radio", name="Same child: link them")).to_be_checked()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, here=here: url.split("?")[0] != here.split("?")[0])
        pressed += 2
    assert pressed <= 60
    assert Question.objects.filter(closed_at=None).count() == waiting - 20


def test_the_second_person_sees_exactly_what_the_first_saw(opened, asking):
    page = opened(child_page(asking.world, "ada"))
    check_page(page)
    page.get_by_label("Two pages are one child").check()
    page.get_by_label("Or a number of the other child").or_(
        page.get_by_label("A number of the other child")
    ).fill("P2")
    page.get_by_role("button", name="Show what it would do").click()
    page.get_by_role("button", name="Propose it").wait_for()
    check_page(page)
    parts = ("what", "involvements", "ratings", "lists")
    shown = {part: page.locator(f"#{part}").inner_text() for part in parts}
    assert "being worked out" not in shown["ratings"]
    page.get_by_label("Why").fill("One child, two spellings")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("You proposed this yourself.")).to_be_visible()
    second = opened("/imports/questions/approvals/", who="review_admin")
    second.get_by_role("row", name="One child, two spellings").get_by_role("link").click()
    check_page(second)
    for part, text in shown.items():
        expect(second.locator(f"#{part}")).to_have_text(text, use_inner_text=True)
    second.get_by_label("Why", exact=True).fill("Agreed")
    second.get_by_role("button", name="Approve: make them one").click()
    act = Act.objects.latest("pk")
    assert act.state == "done"
    old = opened(f"/children/{act.child.public_id}/")
    expect(old).to_have_url(re.compile(str(act.target.public_id)))
