"""Finding a child and reading its page, told as people do it: in Chromium, at both widths, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, check_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(open_page, town):
    """A person at a page."""

    class Story:
        page = None

        def given_i_am_signed_in_as(self, who, width=1280, javascript=True):
            self.page = open_page(town.url, width, javascript=javascript, cookies=town.cookies(who))

        def when_i_search_for(self, **typed):
            self.page.goto(f"{town.url}/search/")
            for label, text in typed.items():
                self.page.locator(f"#id_{label}").fill(text)
            self.page.locator("main").get_by_role("button", name="Search").click()

        def when_i_open(self, name):
            self.page.get_by_role("link", name=name).first.click()

        def when_i_open_the_address_of(self, child):
            self.page.goto(f"{town.url}/children/{town.world.children[child].public_id}/")

        def then_i_read(self, *texts):
            for text in texts:
                expect(self.page.locator("main")).to_contain_text(text, use_inner_text=True)

        def then_i_do_not_read(self, *texts):
            self.page.wait_for_load_state()
            shown = self.page.content()
            for text in texts:
                assert text not in shown

        def then_anybody_can_read_the_page(self):
            for width in WIDTHS:
                self.page.set_viewport_size({"width": width, "height": 900})
                check_page(self.page)

    return Story()


def test_a_social_worker_opens_one_of_their_own_children(story):
    story.given_i_am_signed_in_as("social_worker")
    story.when_i_open("ASHBY, Ada")
    story.then_i_read(
        "ASHBY, Ada",
        "4 years",
        "Sol Worker",
        "Elm Primary School",
        "1 First Street",
        "Known since 1 Oct 2026",
    )
    story.then_i_read("Checked, not known", "Not checked (source has never come)")
    story.then_anybody_can_read_the_page()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_misspelt_name_finds_the_child(story, javascript):
    story.given_i_am_signed_in_as("early_help_officer", javascript=javascript)
    story.when_i_search_for(name="Ashbey")
    story.then_i_read("1 child", "ASHBY, Ada", "Near spelling or sound")
    story.when_i_open("ASHBY, Ada")
    story.then_i_read("Why this rating", "Allocated social worker")


def test_results_are_readable_by_anybody(story):
    story.given_i_am_signed_in_as("early_help_officer")
    story.when_i_search_for(born="2022")
    story.then_i_read("Exact first, then nearest; youngest first within each.")
    story.then_anybody_can_read_the_page()


def test_nobody_found_is_said_honestly(story):
    story.given_i_am_signed_in_as("social_worker")
    story.when_i_search_for(name="Bright")
    story.then_i_read("No record you can see", "That may mean")
    story.then_anybody_can_read_the_page()


def test_an_empty_search_says_what_to_enter(story):
    story.given_i_am_signed_in_as("social_worker")
    story.when_i_search_for(born="soon")
    story.then_i_read("There is a problem", "Enter a date like 27/3/2013")
    story.then_anybody_can_read_the_page()


def test_a_child_out_of_reach_reads_like_none(story):
    story.given_i_am_signed_in_as("social_worker")
    story.when_i_open_the_address_of("ben")
    story.then_i_read("No record you can see", "This page cannot say which")
    story.then_i_do_not_read("Bright")
    story.then_anybody_can_read_the_page()


def test_a_school_is_told_what_its_agreement_does_not_share(story):
    story.given_i_am_signed_in_as("dsl", width=320)
    story.when_i_open_the_address_of("ada")
    story.then_i_read("Not shared with your agency", "Allocated social worker")
    story.then_i_do_not_read("Anxiety")
    story.then_anybody_can_read_the_page()


def test_a_hidden_address_is_nowhere_on_the_page(story):
    story.given_i_am_signed_in_as("social_worker")
    story.when_i_open_the_address_of("eve")
    story.then_i_read("Restricted. Knowing it could put someone at risk.")
    story.then_i_do_not_read("Fifth Street")
    story.then_anybody_can_read_the_page()


def test_the_page_as_known_on_an_earlier_day_says_so(story):
    story.given_i_am_signed_in_as("social_worker", javascript=False)
    story.when_i_open("ASHBY, Ada")
    story.page.locator("#id_as_at").fill("1/1/2026")
    story.page.get_by_role("button", name="Show that day").click()
    story.then_i_read("Shown as known on Thu 1 Jan 2026", "Nothing was known of this child on that day")
    story.page.get_by_role("link", name="Show today").click()
    story.then_i_read("Shown as known today")


def test_the_timeline_filters_by_itself_and_without_script(story):
    for javascript in (True, False):
        story.given_i_am_signed_in_as("social_worker", javascript=javascript)
        story.when_i_open("ASHBY, Ada")
        story.page.locator("#show").select_option("seen")
        if not javascript:
            story.page.locator("#timeline button").click()
        story.page.locator("#timeline .what", has_text="Allocated social worker").wait_for(state="detached")
        expect(story.page.locator("#timeline .what").first).to_have_text(re.compile("^Seen"))


def test_the_print_leaves_out_what_cannot_be_pressed_and_says_who_printed(story):
    story.given_i_am_signed_in_as("social_worker")
    story.when_i_open("ASHBY, Ada")
    story.page.emulate_media(media="print")
    expect(story.page.locator(".vcdb-printed")).to_be_visible()
    expect(story.page.locator("#id_as_at")).to_be_hidden()
    expect(story.page.get_by_role("button", name="Print")).to_be_hidden()
    story.then_i_read("OFFICIAL-SENSITIVE", "ASHBY, Ada", "Who is involved")
