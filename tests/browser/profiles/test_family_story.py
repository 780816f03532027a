"""A social worker puts a family link right; two keepers seal a link and the named worker opens it. With and without JavaScript."""

import pytest
from playwright.sync_api import expect

from apps.accounts.models import User
from apps.children.models import Child, FamilyStatement, SourceRecord
from apps.matching.models import SealedLink
from apps.pipeline import tasks
from tests.browser.conftest import WIDTHS, check_page, signed_in
from tests.browser.pipeline.test_loading_a_file import beside_the_test

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ada(town):
    """The child of social care's first record, whichever others of that name there are."""
    found = []
    beside_the_test(lambda: found.append(SourceRecord.objects.get(local_id="C1").child.public_id))
    return found[0]


@pytest.fixture(scope="module")
def second_keeper(town):
    """Another keeper of sealed records, at the same agency."""
    from apps.access.actions import grant
    from apps.accounts.actions import open_account
    from apps.agencies.models import Agency

    def enlisted():
        user = open_account(
            email="second@example.org",
            password="a long pass phrase",
            first_name="Sam",
            last_name="Second",
            by=None,
        )
        grant(user=user, agency=Agency.objects.get(code="csc"), role="sealed_records", by=None)
        town.sessions["second"] = signed_in(User.objects.get(pk=user.pk))

    beside_the_test(enlisted)
    return "second"


def then_it_fits_and_is_accessible(page, javascript=True):
    for width in WIDTHS if javascript else ():  # axe itself is a script
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)


def when_a_worker_has_done_it():
    def done():
        children = list(Child.objects.values_list("pk", flat=True))
        tasks.refresh_family(children)
        for link in SealedLink.objects.filter(sealed_at=None):
            tasks.seal_link(link.pk)

    beside_the_test(done)


@pytest.mark.parametrize("javascript", [True, False])
def test_i_say_that_two_are_brother_and_sister_and_take_it_back(open_page, town, ada, javascript):
    beside_the_test(lambda: FamilyStatement.objects.filter(links=None).delete())
    page = open_page(
        f"{town.url}/children/{ada}/", javascript=javascript, cookies=town.cookies("social_worker")
    )
    expect(page.locator("#family")).to_be_visible()
    page.get_by_role("link", name="Add or correct a link").click()
    page.get_by_role("button", name="Keep this link").click()
    expect(page.get_by_role("link", name="Say how you know")).to_be_visible()
    then_it_fits_and_is_accessible(page, javascript)
    page.get_by_label("The other child’s NHS number").fill("no such number")
    page.get_by_label("Brother or sister").check()
    page.get_by_label("How do you know?").fill("Both parents told me")
    page.get_by_role("button", name="Keep this link").click()
    expect(page.get_by_role("link", name="No one child that you can see")).to_be_visible()
    page.get_by_label("The other child’s NHS number").fill("C5")
    page.get_by_role("button", name="Keep this link").click()
    expect(page.get_by_text("It shows on both pages in a moment")).to_be_visible()
    when_a_worker_has_done_it()
    page.goto(f"{town.url}/children/{ada}/")
    expect(page.locator("#family")).to_contain_text("EVERETT, Eve")
    expect(page.locator("#family")).to_contain_text("Stated")
    then_it_fits_and_is_accessible(page, javascript)
    page.get_by_role("link", name="Add or correct a link").click()
    page.get_by_role("link", name="Not related to Everett, Eve").click()
    then_it_fits_and_is_accessible(page, javascript)
    page.get_by_label("How do you know?").fill("It was another family")
    page.get_by_role("button", name="They are not related").click()
    when_a_worker_has_done_it()
    page.goto(f"{town.url}/children/{ada}/")
    expect(page.locator("#family")).to_contain_text("No family link that you can see")


def test_two_keepers_seal_and_the_named_worker_opens_it(open_page, town, ada, second_keeper):
    page = open_page(f"{town.url}/sealed/", cookies=town.cookies("keeper"))
    expect(page.get_by_text("No sealed link names you")).to_be_visible()
    page.get_by_role("link", name="Propose a link").click()
    page.get_by_role("button", name="Propose it").click()
    then_it_fits_and_is_accessible(page)
    page.get_by_label("The old identity").fill("C1")
    page.get_by_label("The new identity").fill("C5")
    page.get_by_label("Adoption").check()
    page.get_by_label("Why, and on whose order?").fill("Order of May")
    page.get_by_label("Who will see the link").fill("social_worker@example.org")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Another keeper has to confirm it")).to_be_visible()
    address = page.url
    second = open_page(address, cookies=town.cookies(second_keeper))
    then_it_fits_and_is_accessible(second)
    second.get_by_role("button", name="I have checked it: seal this link").click()
    expect(second.get_by_text("only the people named on it see it")).to_be_visible()
    when_a_worker_has_done_it()
    assert page.goto(address).status == 404
    named = open_page(f"{town.url}/children/{ada}/", cookies=town.cookies("social_worker"))
    named.get_by_role("link", name="Open the sealed link").click()
    expect(named.locator("#two")).to_contain_text("EVERETT, Eve")
    then_it_fits_and_is_accessible(named)
