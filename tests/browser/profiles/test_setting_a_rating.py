"""A social worker knows better than the facts: a rating set, read by others, and ended, with and without JavaScript."""

from datetime import timedelta

import pytest

from apps.core.clock import today
from tests.browser.profiles.test_child_stories import story as person  # noqa: F401 somebody at a page

pytestmark = pytest.mark.django_db
SOON = (today() + timedelta(days=14)).strftime("%d/%m/%Y")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_rating_is_set_read_and_ended(person, javascript):  # noqa: F811
    person.given_i_am_signed_in_as("social_worker", javascript=javascript)
    person.when_i_open_the_address_of("ada")
    person.then_i_read("points known", "not checked", "Not checked:")
    person.then_anybody_can_read_the_page()
    person.when_i_open("You know better? Set the rating")
    person.then_anybody_can_read_the_page()
    person.page.get_by_label("Red").check()
    person.page.get_by_label("Why").fill("Grandmother rang: he moved out")
    person.page.get_by_label("Look at it again by").fill(SOON)
    person.page.get_by_label("It stands until").fill(SOON)
    person.page.get_by_role("button", name="Set this rating").click()
    person.then_i_read("Set by a professional", "Grandmother rang", "worked out now")
    person.then_anybody_can_read_the_page()

    person.given_i_am_signed_in_as("dsl", javascript=javascript)
    person.when_i_open_the_address_of("ada")
    person.then_i_read("Why is not shared with your agency")
    person.then_i_do_not_read("Grandmother")

    person.given_i_am_signed_in_as("social_worker", javascript=javascript)
    person.when_i_open_the_address_of("ada")
    person.when_i_open("End it")
    person.page.get_by_label("Why it no longer stands").fill("He is home")
    person.page.get_by_role("button", name="End it").click()
    person.then_i_read("Set by professionals before")


def test_leadership_reads_the_fairness_of_ratings(person, town):  # noqa: F811
    person.given_i_am_signed_in_as("leader")
    person.page.goto(f"{town.url}/figures/fairness/")
    person.then_i_read("Fairness of ratings", "SEND", "By ward, or by postcode sector")
    person.then_anybody_can_read_the_page()
