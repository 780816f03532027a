"""A review administrator runs a meeting of ten children; two clerks type about one child; the connection drops; somebody signs in again."""

import re
import time as clock
from datetime import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from apps.core.clock import today
from apps.reviews import actions as reviews
from apps.reviews.meetings import actions
from apps.reviews.models import Meeting, ReviewType
from tests.browser.conftest import WIDTHS, check_page, signed_in
from tests.integration.ragp.facts import child
from tests.integration.reviews.reviewing import agency, the_type
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
SECRET = generate_totp_secret()


@pytest.fixture(scope="module")
def borough(town, django_db_blocker):
    """Ten reviews are taken up, and a weekly meeting is set up for today."""
    with django_db_blocker.unblock():
        the_type("csc", "urn-900001")
        admin, type_ = town.world.user("review_admin"), ReviewType.objects.get()
        TOTP.activate(admin, SECRET)
        town.sessions["clerk"] = signed_in(admin)  # one that ends without ending the others
        for number in range(10):
            made = reviews.raise_review(
                child=child(surname=f"Newman{'abcdefghij'[number]}"), type=type_, reason="So", by=admin
            )
            reviews.move(review=made, name="accept", given={}, by=admin)
        actions.save_series(
            series=None, name="Weekly meeting", type=type_, weekday=today().weekday(), chair="Ina Chair", starts=time(10),
            people=[["Sol Worker", agency("csc").pk]], by=admin,
        )  # fmt: skip
    return town


@pytest.fixture
def given_i_am_at(open_page, borough):
    def at(path, **options):
        cookies = options.pop("cookies", borough.cookies("review_admin"))
        return open_page(f"{borough.url}{path}", cookies=cookies, **options)

    return at


def at_both_widths(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def end_the_session(page):
    """On the server, for good: the browser still has its cookie."""
    key = next(
        each["value"] for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME
    )
    apart = connection.copy()  # the test's own transaction is seen by nobody
    with apart.cursor() as cursor:
        cursor.execute("delete from django_session where session_key = %s", [key])
        assert cursor.rowcount == 1
    apart.close()


def sign_in(page, user):
    """As anybody does whose role demands a second factor."""
    page.get_by_label("User name or e-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(SECRET, int(clock.time()) // 30)))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/reviews/meetings/")


def press(page, name):
    """Send a form of the meeting, and wait for what comes: the page asks first whether it will be taken."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def saved(page):
    """Waits for it: not for "What you type is saved", nor for "Not saved"."""
    page.locator("#saved", has_text=re.compile("^Saved ")).wait_for(timeout=15000)


def test_a_meeting_of_ten_children_from_agenda_to_approved_minutes(given_i_am_at, borough, settings):
    settings.VCDB_MFA_ROLES = ["review_admin"]
    page = given_i_am_at("/reviews/meetings/", cookies=borough.cookies("clerk"))
    at_both_widths(page)
    page.get_by_role("button", name="Plan this meeting").click()
    page.get_by_role("button", name="Draw the agenda").click()
    expect(page.locator(".vcdb-agenda li")).to_have_count(10)
    page.get_by_label("Sol Worker").select_option(label="Here")
    page.get_by_role("button", name="Keep who is here").click()
    at_both_widths(page)
    page.get_by_role("button", name="Begin the meeting").click()
    at_both_widths(page)
    address = page.url

    # two clerks at one child, in different fields and in one
    other = given_i_am_at(address.removeprefix(borough.url))
    page.get_by_label("What was decided").fill("The school leads")
    saved(page)
    other.get_by_label("Lead professional").fill("Dee Essel")
    saved(other)
    other.get_by_label("What was decided").fill("The family leads")
    other.locator("#saved", has_text="wrote meanwhile").wait_for()
    expect(other.locator("#saved")).to_contain_text("The school leads")
    at_both_widths(other)
    other.get_by_label("What was decided").fill("The school leads. The family leads")
    saved(other)
    page.goto(address)
    expect(page.get_by_label("What was decided")).to_have_value("The school leads. The family leads")
    expect(page.get_by_label("Lead professional")).to_have_value("Dee Essel")
    page.get_by_label("Lead professional").fill("")
    saved(page)

    # the connection drops
    page.context.set_offline(True)
    page.get_by_label("What was decided").fill("Typed without a line")
    page.locator("#saved", has_text="connection is lost").wait_for()
    page.context.set_offline(False)
    saved(page)

    # the session ends on the server while somebody types in two forms; neither is sent into the sign-in page
    end_the_session(page)
    page.get_by_label("What was decided").fill("Typed while signed out")
    page.get_by_role("link", name="Sign in again in another tab").wait_for()
    at_both_widths(page)
    page.get_by_label("New action").fill("Visit")
    page.get_by_label("By which agency").select_option(label="Children's social care")
    page.get_by_label("Who there").fill("Sol Worker")
    page.get_by_label("By", exact=True).fill(f"{today():%d/%m/%Y}")
    page.get_by_role("button", name="Add the action").click()
    page.get_by_role("button", name="Agree and open next").click()
    link = page.get_by_role("link", name="Sign in again in another tab")
    expect(link).to_be_focused()
    expect(page).to_have_url(address)

    # they sign in again from the page, with their second factor, and go on typing meanwhile
    with page.expect_popup() as opened:
        link.click()
    sign_in(opened.value, borough.world.user("review_admin"))
    page.get_by_label("Lead professional").fill("Typed meanwhile")
    saved(page)
    expect(link).to_be_hidden()
    opened.value.close()
    expect(page.get_by_label("What was decided")).to_have_value("Typed while signed out")

    # each in turn
    page.get_by_role("button", name="Add the action").click()
    page.get_by_text("Sol Worker, Children's social care, by").wait_for()
    expect(page.get_by_label("What was decided")).to_have_value("Typed while signed out")
    expect(page.get_by_label("Lead professional")).to_have_value("Typed meanwhile")
    page.get_by_label("Lead professional").fill("")
    saved(page)
    press(page, "Agree and open next")
    for _ in range(8):
        page.get_by_label("What was decided").fill("Agreed")
        press(page, "Agree and open next")
    press(page, "Carry over a week")
    page.get_by_text("All are done").wait_for()
    page.get_by_role("button", name="End the meeting").click()
    page.get_by_role("link", name="Minutes").first.click()
    expect(page.get_by_text("Typed while signed out").first).to_be_visible()
    at_both_widths(page)
    page.get_by_role("button", name="Approve these minutes").click()
    expect(page.get_by_text("approved").first).to_be_visible()
    page.get_by_label("What this version sets right").fill("A word")
    page.get_by_label("NEWMANA").fill("Corrected words")
    page.get_by_role("button", name="Write a new version").click()
    expect(page.get_by_text("Version 2").first).to_be_visible()
    assert Meeting.objects.get().state == "ended"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pack_and_the_form_of_a_series_fit(given_i_am_at, width):
    page = given_i_am_at("/reviews/meetings/", width=width, javascript=False)
    page.get_by_role("link", name="Pack").first.click()
    check_page(page)
    page.goto(page.url.split("/reviews/")[0] + "/reviews/meetings/series/new/")
    check_page(page)
